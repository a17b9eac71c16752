"""Trains the joint reader (`aligner/judge/joint.py`): first on controlled edits of true pairs, then on natural ones.

    python scripts/train_judge.py prepare --work DIR    encode pairs and their edits once (token states, float16)
    python scripts/train_judge.py renew --work DIR      the same for natural pairs written since
    python scripts/train_judge.py train --work DIR      fine-tune two blocks of the encoder; writes DIR/joint.safetensors

True pairs come from `../shared`: news written for this project, NTREX and FLORES development pairs, a part of the
manuals, and news in German, French, Spanish → English, whose token states live in the same space. Natural pairs are
`corpora/divergence/train`. A fifth of the natural originals, with all their renderings, and a fifth of the NTREX documents are kept for calibration
(by a hash of their text); nothing of `natural.tsv`, SICK, STS or TED is read here.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import math
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from train_judge_edits import WORD, Editors, clauses_in, names_in
from wordnet import antonyms

from aligner.embed.encoder import SentenceTransformerEncoder
from aligner.judge.joint import KINDS, MOST_TOKENS, WIDTH, build

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NATURAL = ROOT / "corpora" / "divergence" / "train"
INDEX = {str(kind): number for number, kind in enumerate(KINDS)}


def place(text: str) -> float:
    """Where a text falls in 0..1, by its hash alone: what splits data for good."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def held_out(text: str, share: float) -> bool:
    """Whether a text belongs to the part kept for calibration, decided by its hash alone."""
    return place(text) < share


def measured(document: str) -> bool:
    """Whether a held-out document belongs to the half that is measured on and never learned from."""
    return held_out("half " + document, 0.5)


#: Pairs of each source: all the news there is in Dutch, German news twice as much, some manuals.
MOST = {"written": 10**6, "dev": 10**6, "foreign": 6000, "manual": 3000}
#: Edits of each pair: what the judge meets is edited most.
EDITS = {"written": 3, "ntrex-dev": 2, "flores-dev": 2, "foreign": 1, "manual": 1}


def true_pairs(rng: random.Random, share: float = 1.0) -> list[tuple[str, str, str]]:
    """(source, Dutch or another language, English) of news written for the project, NTREX and FLORES, German news, manuals."""
    with gzip.open(SHARED / "parallel" / "news-nl-en-written.tsv.gz", "rt", encoding="utf-8") as file:
        written = [("written", *line.rstrip("\n").split("\t")[:2]) for line in file]
    dev = []
    for name in ("ntrex-dev", "flores-dev"):
        with (SHARED / "data" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if name == "flores-dev" or not held_out(row["document"], 0.2):
                    dev.append((name, row["nl"], row["en"]))
    foreign = []
    with gzip.open(SHARED / "parallel" / "news-x-en.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            lang, source, english = line.rstrip("\n").split("\t")[:3]
            if lang == "de" and 6 <= len(english.split()) <= 40:
                foreign.append(("foreign", source, english))
    manuals = []
    for name in ("debian_docs", "libreoffice_help", "digikam_manual", "wesnoth_game", "gnome_user_docs"):
        with gzip.open(SHARED / "parallel" / f"{name}.tsv.gz", "rt", encoding="utf-8") as file:
            manuals += [("manual", *line.rstrip("\n").split("\t")[:2]) for line in file]
    manuals = [pair for pair in manuals if 6 <= len(pair[2].split()) <= 40]
    pairs: list[tuple[str, str, str]] = []
    for name, part in (("written", written), ("dev", dev), ("foreign", foreign), ("manual", manuals)):
        pairs += rng.sample(part, round(share * min(len(part), MOST[name])))
    return pairs


def neighbours(
    pairs: list[tuple[str, str, str]], encoder: SentenceTransformerEncoder
) -> dict[str, dict[str, list[str]]]:
    """For frequent content words of one piece: words of the same language that are near in the encoder's word table."""
    encoder.encode(["warm"])
    backend: Any = encoder._loaded()
    table, tokenizer = backend._model._words.float().numpy(), backend._model.tokenizer
    near: dict[str, dict[str, list[str]]] = {}
    for side, column in (("nl", 1), ("en", 2)):
        counts = Counter(
            w
            for pair in pairs
            if pair[0] != "foreign"
            for w in WORD.findall(pair[column])
            if w.islower() and len(w) > 3
        )
        words, rows = [], []
        for word, count in counts.most_common(9000):
            piece = tokenizer.token_to_id("▁" + word)
            if count >= 3 and piece is not None:
                words.append(word)
                rows.append(table[piece] / np.linalg.norm(table[piece]))
        matrix = np.stack(rows)
        matrix -= matrix.mean(0)
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        best = np.argsort(-(matrix @ matrix.T), axis=1)[:, 1:14]
        near[side] = {
            word: [words[j] for j in best[i] if words[j][:4] != word[:4] and words[j][-4:] != word[-4:]][:6]
            for i, word in enumerate(words)
        }
        near[side] = {word: others for word, others in near[side].items() if len(others) >= 2}
    return near


def harmless(text: str, rng: random.Random) -> str:
    """A rewrite that changes nothing: quote style, contraction, thousands mark."""
    for old, new in rng.sample(
        [("“", '"'), ("”", '"'), (" not ", " not "), ("it's", "it is"), ("don't", "do not"), ("%", " percent")], 3
    ):
        text = text.replace(old, new)
    return re.sub(r"\s+", " ", text)


def prepare(work: Path, share: float, wordnet: Path | None, seed: int) -> None:
    rng = random.Random(seed)
    encoder = SentenceTransformerEncoder()
    pairs = true_pairs(rng, share)
    near = neighbours(true_pairs(random.Random(seed)), encoder)
    news = [pair for pair in pairs if pair[0] not in ("manual", "foreign")]
    pool = {
        side: (
            [text[a:b] for pair in news for text in [pair[column]] for a, b in names_in(text)],
            [c for pair in news for c in clauses_in(pair[column])],
        )
        for side, column in (("nl", 1), ("en", 2))
    }
    opposite: dict[str, list[str]] = {}
    for one, other in sorted(antonyms(wordnet)) if wordnet else ():
        if one in near["en"] and other in near["en"]:  # both frequent, or antonyms nobody uses are learned
            opposite.setdefault(one, []).append(other)
            opposite.setdefault(other, []).append(one)
    editors = Editors({s: p[0] for s, p in pool.items()}, {s: p[1] for s, p in pool.items()}, near, opposite)
    print(f"{len(opposite)} English words with antonyms", flush=True)
    examples: list[dict[str, Any]] = []
    for source, nl, en in pairs:
        examples.append({"nl": nl, "en": en, "kinds": [], "source": source})
        if rng.random() < 0.2:
            examples.append({"nl": nl, "en": harmless(en, rng), "kinds": [], "source": source})
        for _ in range(EDITS[source]):
            edited = one_edit(editors, nl, en, rng, sides=("en",) if source == "foreign" else ("nl", "en"))
            if edited:
                examples.append(edited | {"source": "edited" if source == "written" else source})
    print(f"{len(pairs)} true pairs, {len(examples)} examples of them and their edits", flush=True)
    work.mkdir(parents=True, exist_ok=True)
    append(work, [e[side] for e in examples for side in ("nl", "en")], shallow(encoder))
    examples += unrelated(news, work)
    kept = json.loads((work / "examples.json").read_text())["texts"]
    (work / "examples.json").write_text(json.dumps({"examples": examples, "texts": kept}, ensure_ascii=False))
    renew(work)


def shallow(encoder: SentenceTransformerEncoder) -> SentenceTransformerEncoder:
    """The encoder without the blocks above layer 8: a third less work, and its vectors are means of layer 8."""
    backend: Any = encoder._loaded()
    backend._model._blocks = backend._model._blocks[: backend._layer]
    return encoder


def unrelated(news: list[tuple[str, str, str]], work: Path) -> list[dict[str, Any]]:
    """Every sixth Dutch news sentence with the English one nearest to it that is not its own."""
    data, vectors = Batches(work), np.load(work / "offsets.npz")["vectors"]
    dutch = vectors[[data.number[pair[1]] for pair in news[::6]]]
    cosines = dutch @ vectors[[data.number[pair[2]] for pair in news]].T
    cosines[np.arange(len(dutch)), np.arange(len(dutch)) * 6] = -1.0
    return [
        {"nl": pair[1], "en": news[int(best)][2], "kinds": ["unrelated"], "source": "neighbour"}
        for pair, best in zip(news[::6], cosines.argmax(1), strict=True)
        if news[int(best)][1] != pair[1]
    ]


def renew(work: Path) -> None:
    """Put the natural pairs as they are now in the place of those that were prepared; only new texts are encoded."""
    loaded = json.loads((work / "examples.json").read_text())
    examples = [e for e in loaded["examples"] if e["source"] != "natural"] + natural()
    (work / "examples.json").write_text(json.dumps(loaded | {"examples": examples}, ensure_ascii=False))
    append(work, [e[side] for e in examples for side in ("nl", "en")], SentenceTransformerEncoder())
    print(f"{sum(e['source'] == 'natural' for e in examples)} natural pairs", flush=True)


def append(work: Path, texts: list[str], encoder: Any) -> None:
    """Encode those of `texts` that are not prepared yet, and put them behind the others (the first call begins)."""
    if not (work / "examples.json").is_file():
        (work / "examples.json").write_text(json.dumps({"examples": [], "texts": []}))
        empty = {"offsets": np.zeros((0, 2), np.int32), "vectors": np.zeros((0, WIDTH), np.float32)}
        np.savez(work / "offsets.npz", starts=np.array([0]), **empty)
        (work / "states.f16").write_bytes(b"")
    loaded = json.loads((work / "examples.json").read_text())
    known = set(loaded["texts"])
    new = [text for text in dict.fromkeys(texts) if text not in known]
    print(f"{len(new)} new texts", flush=True)
    if not new:
        return
    arrays = dict(np.load(work / "offsets.npz"))
    parts: dict[str, list[Any]] = {name: [arrays[name]] for name in ("offsets", "vectors", "starts")}
    end = int(arrays["starts"][-1])
    begin = time.time()
    with (work / "states.f16").open("ab") as out:
        for at in range(0, len(new), 500):
            if at % 5000 == 0 and at:
                print(f"{at} texts, {at / (time.time() - begin):.0f}/s", flush=True)
            for item in encoder.encode(new[at : at + 500]):
                states = item.states[:MOST_TOKENS]
                out.write(states.tobytes())
                end += len(states)
                parts["offsets"].append(item.offsets[:MOST_TOKENS])
                parts["vectors"].append(item.vector[None])
                parts["starts"].append(np.array([end]))
    np.savez(work / "offsets.npz", **{name: np.concatenate(found) for name, found in parts.items()})
    (work / "examples.json").write_text(json.dumps(loaded | {"texts": loaded["texts"] + new}, ensure_ascii=False))


def one_edit(editors: Editors, nl: str, en: str, rng: random.Random, sides: tuple[str, ...]) -> dict[str, Any] | None:
    for _ in range(4):
        kind = rng.choice(list(editors.by_kind))
        side = rng.choice(sides)
        edit = rng.choice(editors.by_kind[kind])(side, nl if side == "nl" else en, rng)
        if edit is not None and edit.text != (nl if side == "nl" else en):
            spans: dict[str, list[tuple[int, int]]] = {"nl": [], "en": []}
            if edit.span:
                spans[side].append(edit.span)
            return {
                "nl": edit.text if side == "nl" else nl,
                "en": edit.text if side == "en" else en,
                "kinds": [edit.kind],
                "nl_spans": spans["nl"],
                "en_spans": spans["en"],
                # Where something was dropped, the words at fault stand on the other side and are not known here.
                "spans_known": bool(edit.span),
            }
    return None


def natural(paths: Sequence[Path] | None = None) -> list[dict[str, Any]]:
    """The natural pairs of `paths` (those for training by default); omission is always of the English, addition too."""
    found = []
    for path in sorted(NATURAL.glob("*.tsv")) if paths is None else paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                kinds = row["kinds"].split(";") if row["kinds"] else []
                if row["original"] == "en":
                    turned = {"omission": "addition", "addition": "omission"}
                    kinds = [turned.get(kind, kind) for kind in kinds]
                spans = {
                    side: [_find(row[side], part) for part in (row[f"{side}_span"] or "").split(";") if part]
                    for side in ("nl", "en")
                }
                found.append(
                    {
                        "nl": row["nl"],
                        "en": row["en"],
                        "kinds": kinds,
                        "nl_spans": [s for s in spans["nl"] if s],
                        "en_spans": [s for s in spans["en"] if s],
                        "spans_known": True,
                        "source": "natural",
                        "heldout": held_out(row[row["original"] or "nl"], 0.2),  # all renderings of one original
                        "original": row["original"],
                        "file": path.stem,
                        "split": row["split"],
                    }
                )
    return found


def _find(text: str, part: str) -> tuple[int, int] | None:
    at = text.find(part)
    return (at, at + len(part)) if at >= 0 else None


class Batches:
    """Examples as padded arrays, grouped by length."""

    def __init__(self, work: Path) -> None:
        loaded = json.loads((work / "examples.json").read_text())
        self.examples: list[dict[str, Any]] = loaded["examples"]
        self.number = {text: i for i, text in enumerate(loaded["texts"])}
        arrays = np.load(work / "offsets.npz")
        self.offsets, self.starts = arrays["offsets"], arrays["starts"]
        self.states = np.memmap(work / "states.f16", np.float16, "r", shape=(int(self.starts[-1]), WIDTH))

    def rows(self, text: str) -> slice:
        i = self.number[text]
        return slice(int(self.starts[i]), int(self.starts[i + 1]))

    def length(self, example: dict[str, Any]) -> int:
        return sum((r := self.rows(example[side])).stop - r.start for side in ("nl", "en")) + 2

    def batches(self, chosen: list[dict[str, Any]], tokens: int, rng: random.Random) -> list[list[dict[str, Any]]]:
        ordered = sorted(chosen, key=lambda e: self.length(e) + rng.random() * 8)
        found: list[list[dict[str, Any]]] = [[]]
        longest = 0
        for example in ordered:
            longest = max(longest, self.length(example))
            if found[-1] and longest * (len(found[-1]) + 1) > tokens:
                found.append([])
                longest = self.length(example)
            found[-1].append(example)
        rng.shuffle(found)
        return found

    def arrays(self, batch: list[dict[str, Any]]) -> dict[str, Any]:
        import torch

        longest = max(map(self.length, batch))
        states = np.zeros((len(batch), longest, WIDTH), np.float32)
        sides = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros((len(batch), longest), bool)
        marks = np.zeros((len(batch), longest), np.float32)
        known = np.zeros((len(batch), longest), np.float32)
        kinds = np.zeros((len(batch), len(KINDS)), np.float32)
        for row, example in enumerate(batch):
            at = 0
            for side, code in (("nl", 1), ("en", 2)):
                where = self.rows(example[side])
                size = where.stop - where.start
                states[row, at + 1 : at + 1 + size] = self.states[where]
                sides[row, at + 1 : at + 1 + size] = code
                for start, end in example.get(f"{side}_spans", ()):
                    offsets = self.offsets[where]
                    marks[row, at + 1 : at + 1 + size] += (offsets[:, 0] < end) & (offsets[:, 1] > start)
                at += 1 + size
            mask[row, :at] = True
            known[row, :at] = not example["kinds"] or example.get("spans_known", False)
            for kind in example["kinds"]:
                kinds[row, INDEX[kind]] = 1
        fields = {
            "states": states,
            "sides": sides,
            "mask": mask,
            "marks": np.minimum(marks, 1),
            "known": known,
            "kinds": kinds,
        }
        return {name: torch.from_numpy(value) for name, value in fields.items()}


def start_from_encoder(net: Any) -> None:
    """The bundled encoder's blocks from 9 on as the starting point; the scale is the mean norm of its layer-8 states."""
    import torch
    from safetensors.torch import load_file

    from aligner.embed.bundled import ensure_bundled

    rest = {name: value.float() for name, value in load_file(ensure_bundled() / "model.safetensors").items()}
    with torch.no_grad():
        for number, block in enumerate(net.blocks):
            stem = f"encoder.layer.{8 + number}."
            for part in ("weight", "bias"):
                names = [f"{stem}attention.self.{name}.{part}" for name in ("query", "key", "value")]
                getattr(block.qkv, part).copy_(torch.cat([rest[name] for name in names]))
                getattr(block.out, part).copy_(rest[f"{stem}attention.output.dense.{part}"])
                getattr(block.norm1, part).copy_(rest[f"{stem}attention.output.LayerNorm.{part}"])
                getattr(block.up, part).copy_(rest[f"{stem}intermediate.dense.{part}"])
                getattr(block.down, part).copy_(rest[f"{stem}output.dense.{part}"])
                getattr(block.norm2, part).copy_(rest[f"{stem}output.LayerNorm.{part}"])
        # A unit-length state times the norm of the gain of layer 8's own layer norm is close to the state as it was.
        net.scale.fill_(float(rest["encoder.layer.7.output.LayerNorm.weight"].norm()))
        net.side.weight.normal_(0, 0.05)
        for part in (net.counterpart, net.difference):
            part.weight.normal_(0, 0.01)
            part.bias.zero_()


def train(
    work: Path,
    epochs: int,
    share: float,
    seed: int,
    rate: float,
    tokens: int,
    minutes: float,
    start: Path | None,
    blocks: int,
    known: str,
) -> None:
    """Fine-tune from the encoder's blocks, or go on from weights (`start`); `share` of the controlled pairs an epoch.

    Of the natural files named in `known`, which the weights have learned by heart (AUC .95 on them where others have
    .74), three rows in ten are drawn an epoch.

    Blocks that the weights do not have are the encoder's own.

    What is kept is the running mean of the weights (the last 200 steps or so): it scores .01 to .02 above the last step.
    """
    import torch
    from safetensors.torch import load_file, save_file

    torch.manual_seed(seed)
    rng = random.Random(seed)
    data = Batches(work)
    kept = [e for e in data.examples if e.get("heldout")]
    rest = [e for e in data.examples if not e.get("heldout")]
    own = [e for e in rest if e["source"] == "natural"]
    planted = [e for e in rest if e["source"] != "natural"]
    check = rng.sample(planted, min(300, len(planted) // 20))
    out = {id(e) for e in check}
    planted = [e for e in planted if id(e) not in out]
    print(f"{len(planted)} controlled, {len(own)} natural, {len(kept)} natural held out", flush=True)
    net = build(blocks)
    start_from_encoder(net)
    if start is not None:
        given = {name: value.float() for name, value in load_file(start).items()}
        net.load_state_dict(net.state_dict() | given)
    mean = {name: value.detach().clone() for name, value in net.state_dict().items()}
    fresh = [p for n, p in net.named_parameters() if not n.startswith("blocks")]
    faster = 5 if start is None else 2
    optimiser = torch.optim.AdamW(
        [{"params": net.blocks.parameters(), "lr": rate}, {"params": fresh, "lr": faster * rate}], weight_decay=0.01
    )
    batches: list[list[dict[str, Any]]] = []
    for _ in range(epochs):
        drawn = [e for e in own if e["file"] not in known or rng.random() < 0.3]
        batches += data.batches(rng.sample(planted, int(share * len(planted))) + drawn, tokens, rng)
    begin, step, every = time.time(), 0, -(-len(batches) // epochs)
    while step < len(batches):
        # The clock counts too: with `minutes` the rate falls to nothing when they are over, whatever is left.
        done = max(step / len(batches), (time.time() - begin) / (60 * minutes) if minutes else 0.0)
        if done >= 1:
            break
        factor = min(1.0, (step + 1) / 50) * max(0.02, 0.5 * (1 + math.cos(math.pi * done)))
        for group, base in zip(optimiser.param_groups, (rate, faster * rate), strict=True):
            group["lr"] = base * factor
        loss = loss_of(net, data.arrays(batches[step]))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        step += 1
        keep = min(0.995, step / (step + 10))
        for name, value in net.state_dict().items():
            mean[name].lerp_(value, 1 - keep) if value.is_floating_point() else mean[name].copy_(value)
        if step % 20 == 0:
            print(f"step {step} of {len(batches)} loss {loss.item():.3f} {time.time() - begin:.0f} s", flush=True)
        if step % every == 0:
            save_file({n: v.half().contiguous() for n, v in mean.items()}, work / "joint.safetensors")
    save_file({n: v.half().contiguous() for n, v in mean.items()}, work / "joint.safetensors")
    net.load_state_dict(mean)
    figures = {name: auc_of(net, data, part) for name, part in (("controlled", check), ("natural", kept))}
    print(f"step {step}: AUC {figures}", flush=True)


def loss_of(net: Any, arrays: dict[str, Any]) -> Any:
    import torch
    import torch.nn.functional as f

    # bfloat16 products run twice as fast on processors that have them (and 40 times slower on others); sums and the
    # loss stay float32.
    with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu.get_capabilities()["avx512_bf16"]):
        pair, kinds, tokens = (out.float() for out in net(arrays["states"], arrays["sides"], arrays["mask"]))
    diverges = (arrays["kinds"].sum(1) > 0).float()
    loss = f.binary_cross_entropy_with_logits(pair, diverges * 0.96 + 0.02)
    loss = loss + 0.5 * f.binary_cross_entropy_with_logits(kinds, arrays["kinds"])
    weight = arrays["known"] * (1 + 3 * arrays["marks"])
    by_token = f.binary_cross_entropy_with_logits(tokens, arrays["marks"], weight=weight, reduction="sum")
    return loss + by_token / weight.sum().clamp(min=1)


def auc_of(net: Any, data: Batches, examples: list[dict[str, Any]]) -> dict[str, float]:
    import torch
    from sklearn.metrics import roc_auc_score

    net.eval()
    scores: list[tuple[float, list[str]]] = []
    with torch.inference_mode():
        for batch in data.batches(examples, 3000, random.Random(0)):
            arrays = data.arrays(batch)
            pair, _, _ = net(arrays["states"], arrays["sides"], arrays["mask"])
            scores += [(float(s), e["kinds"]) for s, e in zip(pair, batch, strict=True)]
    net.train()
    true = [s for s, kinds in scores if not kinds]
    table = {}
    for kind in ("all", *INDEX):
        wrong = [s for s, kinds in scores if kinds and (kind == "all" or kind in kinds)]
        if len(wrong) >= 4 and true:
            table[kind] = round(float(roc_auc_score([0] * len(true) + [1] * len(wrong), true + wrong)), 3)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "renew", "train"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--size", type=float, default=1.0, help="share of the true pairs to prepare")
    parser.add_argument(
        "--wordnet", type=Path, help="WordNet's folder with data.adj and its like: antonyms for the edits"
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--share", type=float, default=0.5, help="of the controlled pairs, drawn anew every epoch")
    parser.add_argument("--rate", type=float, default=7e-5)
    parser.add_argument("--tokens", type=int, default=2000, help="tokens a batch")
    parser.add_argument("--minutes", type=float, default=0.0, help="stop by then (default: when the epochs are over)")
    parser.add_argument("--start", type=Path, help="weights to go on from (default: the encoder's own blocks)")
    parser.add_argument("--blocks", type=int, default=4, help="blocks of the network, at most four")
    parser.add_argument("--known", default="", help="natural files (letters) that the weights know by heart")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.step == "prepare":
        prepare(options.work, options.size, options.wordnet, options.seed)
    elif options.step == "renew":
        renew(options.work)
    else:
        train(
            options.work,
            options.epochs,
            options.share,
            options.seed,
            options.rate,
            options.tokens,
            options.minutes,
            options.start,
            options.blocks,
            options.known,
        )


if __name__ == "__main__":
    main()
