"""Learns the bundled Dutch-to-English translator. `prepare` once, `train` as often as there is time, then `pack`.

    python scripts/train_translator.py prepare --work translator-work [--resume FILE]
    python scripts/train_translator.py train --work translator-work --minutes 100 [--resume FILE]
    python scripts/translator_pack.py --weights translator-work/best.pt --work translator-work --out FOLDER

The encoder stays frozen and its states are kept on disk as they are first needed (float16, 7 GB at most), so a
second round costs the decoder only. Two threads learn side by side from one set of weights, each with its own
copy (bfloat16 where the processor is fast at it): with other work on the machine, two threads inside one operation wait for each other (measured: 700
encoder tokens a second against 5,500 a processor second with one). The rate of learning follows the clock, so a
run always ends annealed.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
import translator_data as data
from torch import Tensor
from translator_memory import MemoryStore, pad, word_map
from translator_model import BOS, EOS, PAD, UNK, WIDTH, FrozenEncoder, Model, bundled_weights, fastest_kind

from aligner.embed.bundled import ensure_bundled

log = logging.getLogger("train")

PEAK, WARM_UP, SMOOTH = 8e-4, 300, 0.1
SENTENCES = 100  # of each development set, for measuring on the way
WORD_DROP = 0.08  # share of the decoder's inputs hidden from it: it must look at the source
TOP_RATE = 0.15  # the encoder's top layer learns at this share of the rate ...
TOP_FROM = 0.4  # ... from this share of the time on: random gradients of a young decoder would spoil it


@dataclass
class Run:
    """What the threads share."""

    model: Model  # float32 master weights
    average: list[Tensor]  # their moving average, which is what is measured and shipped
    optimizer: Any
    corpus: data.Corpus
    store: MemoryStore
    minutes: float
    tokens_a_batch: int
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)
    started: float = field(default_factory=time.monotonic)
    first: int = 0  # the step from which the warm-up counts
    steps: int = 0
    tokens: int = 0
    round: int = 0
    queue: list[list[int]] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)

    def share(self) -> float:
        """Of the time for this run, how much is over."""
        return min(1.0, (time.monotonic() - self.started) / (60 * self.minutes))

    def rate(self, warm: int) -> float:
        """Learning rate now: warm-up, level to 35 % of the time, then straight down to 3 %."""
        down = max(0.0, (self.share() - 0.35) / 0.65)
        return PEAK * min(1.0, (warm + 1) / WARM_UP) * (1 - 0.97 * down)

    def next_batch(self) -> list[int]:
        """The next batch of the round; a new round when it is used up."""
        with self.lock:
            if not self.queue:
                self.queue = data.batches(self.corpus, self.round, self.tokens_a_batch)
                self.round += 1
                log.info("round %d: %d batches", self.round, len(self.queue))
            return self.queue.pop()


def work(run: Run) -> None:
    """One learning thread: copy the weights, compute gradients on the copy, update the master."""
    own = Model(run.model.words.shape[0]).to(fastest_kind())
    masters, copies = list(run.model.parameters()), list(own.parameters())
    while not run.stop.is_set() and run.share() < 1.0:
        batch = run.next_batch()
        torch._foreach_copy_([c.data for c in copies], [m.data for m in masters])
        for parameter in copies:
            parameter.grad = None
        states, mask = run.store.states(batch)
        states = states.to(fastest_kind())
        targets = pad([np.concatenate([run.corpus.target_of(i), [EOS]]) for i in batch], PAD)
        inputs = torch.cat([torch.full((len(batch), 1), BOS), targets[:, :-1]], 1)
        inputs = inputs.masked_fill((torch.rand(inputs.shape) < WORD_DROP) & (inputs != BOS), UNK)
        if run.share() < TOP_FROM:
            with torch.no_grad():
                memory = own.memory(states, mask)
        else:
            memory = own.memory(states, mask)
        loss = own.loss(inputs, targets, memory, mask, SMOOTH)
        torch.autograd.backward(loss)
        with run.lock:
            update(run, masters, copies)
            run.tokens += int((targets != PAD).sum())
            run.losses.append(float(loss.detach()))


def update(run: Run, masters: list[Any], copies: list[Any]) -> None:
    """One Adam step from the copy's gradients (the caller holds the lock)."""
    for master, copy in zip(masters, copies, strict=True):
        master.grad = None if copy.grad is None else copy.grad.float()
    torch.nn.utils.clip_grad_norm_(masters, 1.0)
    rate = run.rate(run.steps - run.first)
    for group in run.optimizer.param_groups:
        group["lr"] = rate * group["scale"]
    run.optimizer.step()
    run.steps += 1
    if run.steps % 10 == 0:
        weight = max(0.01, 1 / (1 + (run.steps - run.first) / 10))
        torch._foreach_lerp_(run.average, [m.data for m in masters], weight)


class Exam:
    """Development sentences with their memory, and what the model makes of them."""

    def __init__(self, files: dict[str, Path], encoder: FrozenEncoder, tokenizer: Any, pieces: list[str]) -> None:
        self.pieces = pieces
        self.sets: dict[str, tuple[list[Any], list[str]]] = {}
        for name, path in files.items():
            if path.suffix == ".gz":
                rows = list(data.read_rows(path))[: data.HELD_OUT_WRITTEN]
            else:
                rows = [line.split("\t")[-2:] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
            rows = rows[:: max(1, len(rows) // SENTENCES)]
            ids = [np.array(e.ids[: data.MAX_SOURCE]) for e in tokenizer.encode_batch([row[0] for row in rows])]
            chunks = [ids[at : at + 50] for at in range(0, len(ids), 50)]
            memory = []
            for chunk in chunks:
                padded = pad(chunk, encoder.pad)
                mask = (padded != encoder.pad)[:, None, None]
                memory.append((encoder(padded, mask), mask))
            self.sets[name] = (memory, [row[1] for row in rows])

    def measure(self, model: Model) -> tuple[dict[str, float], list[str]]:
        """chrF and BLEU a set, and some output to look at."""
        import sacrebleu

        model = model.to(fastest_kind())
        scores, shown = {}, []
        for name, (memory, references) in self.sets.items():
            output: list[str] = []
            for states, mask in memory:
                with torch.no_grad():
                    rows = model.greedy(model.memory(states, mask), mask)
                output += [data.detokenize(self.pieces[p] for p in row) for row in rows]
            scores[f"{name}.chrf"] = round(sacrebleu.corpus_chrf(output, [references]).score, 2)
            scores[f"{name}.bleu"] = round(sacrebleu.corpus_bleu(output, [references]).score, 2)
            shown += output[3:6]
        return scores, shown


def start_weights(model: Model, weights: dict[str, Tensor], encoder: FrozenEncoder, where: Path) -> None:
    """Embeddings, the top layer and the values of the attention to the memory, all out of the encoder."""
    tokenizer = data.full_tokenizer(ensure_bundled())
    corpus, pieces = data.load(where)
    table = weights["embeddings.word_embeddings.weight"].float()
    rows = torch.tensor([tokenizer.token_to_id(piece) for piece, _ in pieces])
    chosen = table[rows]
    centre = chosen[4:].mean(0)
    scale = float((chosen[4:] - centre).norm(dim=1).mean())
    model.words.data = (chosen - centre) / scale
    for number, layer in enumerate(model.top):
        layer.load(weights, len(encoder.layers) + number)
    english = [data.detokenize(pieces[p][0] for p in corpus.target_of(i)) for i in range(0, 60_000, 40)]
    mapped = word_map([*encoder.layers, *model.top], encoder, tokenizer, english, (table - centre) / scale)
    for layer in model.layers:
        layer.cross_kv.weight.data[WIDTH:] = mapped[:-1].T * 6
        layer.cross_kv.bias.data[WIDTH:] = mapped[-1] * 6
        layer.cross_out.weight.data = torch.eye(WIDTH)


def train(args: argparse.Namespace) -> None:
    """Learn for the given minutes; the best so far is always in `best.pt`, the last state in `last.pt`."""
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    where: Path = args.work
    weights, folder = bundled_weights(), ensure_bundled()
    encoder = FrozenEncoder(weights)
    corpus, pieces = data.load(where)
    model = Model(len(pieces))
    top = {id(p) for p in model.top.parameters()}
    groups = [
        {"params": [p for p in model.parameters() if id(p) not in top], "scale": 1.0},
        {"params": [p for p in model.parameters() if id(p) in top], "scale": TOP_RATE},
    ]
    optimizer = torch.optim.Adam(groups, lr=PEAK, betas=(0.9, 0.98), eps=1e-9, fused=True)
    if args.resume:
        saved = torch.load(args.resume, weights_only=True)
        model.load_state_dict(saved["model"])
        if "optimizer" in saved:
            optimizer.load_state_dict(saved["optimizer"])
    else:
        start_weights(model, weights, encoder, where)
    average = [p.detach().clone() for p in model.parameters()]
    store = MemoryStore(where, corpus, encoder)
    run = Run(model, average, optimizer, corpus, store, args.minutes, args.tokens)
    if args.resume:
        run.steps, run.tokens = saved["steps"], saved["tokens"]
        run.round = saved.get("round", 0)
        run.first = 0 if "optimizer" in saved else run.steps
    exam = Exam(
        {
            "flores": args.data / "flores-dev.tsv",
            "ntrex": args.data / "ntrex-dev.tsv",
            "written": args.parallel / "news-nl-en-written.tsv.gz",
        },
        encoder,
        data.full_tokenizer(folder),
        [piece for piece, _ in pieces],
    )
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: run.stop.set())
    threads = [threading.Thread(target=work, args=(run,), daemon=True) for _ in range(args.threads)]
    for thread in threads:
        thread.start()
    watch(run, exam, where, args.every, threads)


def watch(run: Run, exam: Exam, where: Path, every: float, threads: list[threading.Thread]) -> None:
    """Log every half minute, measure and save every `every` minutes and at the end."""
    best, due = 0.0, time.monotonic() + 60 * min(every, 4)
    while True:
        run.stop.wait(30)
        over = run.stop.is_set() or run.share() >= 1.0 or not any(thread.is_alive() for thread in threads)
        if over:
            for thread in threads:
                thread.join()
        with run.lock:
            recent, run.losses = run.losses, []
            note: dict[str, Any] = {
                "minutes": round((time.monotonic() - run.started) / 60, 1),
                "steps": run.steps,
                "tokens": run.tokens,
                "rate": run.rate(10**6),
                "loss": round(sum(recent) / max(1, len(recent)), 4),
            }
        if over or time.monotonic() >= due:
            due = time.monotonic() + 60 * every
            best = keep(run, exam, where, best, note)
        with (where / "log.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(note, ensure_ascii=False) + "\n")
        if over:
            return


def keep(run: Run, exam: Exam, where: Path, best: float, note: dict[str, Any]) -> float:
    """Measure the average, save the state, and the average if it is the best so far; returns the best chrF."""
    shown = Model(run.model.words.shape[0])
    with run.lock:
        for parameter, mean in zip(shown.parameters(), run.average, strict=True):
            parameter.data = mean.clone()
        state = {
            "model": run.model.state_dict(),
            "optimizer": run.optimizer.state_dict(),
            "steps": run.steps,
            "tokens": run.tokens,
            "round": run.round,
        }
        torch.save(state, where / "last.tmp")
    (where / "last.tmp").replace(where / "last.pt")
    half = {name: tensor.half() for name, tensor in shown.state_dict().items()}
    with run.lock:  # threads that learn meanwhile would fight for the interpreter: three minutes instead of one
        scores, note["shown"] = exam.measure(shown)
    note.update(scores)
    value = (scores["flores.chrf"] + scores["ntrex.chrf"]) / 2
    if value > best:
        known = {"pieces": data.load(where)[1], "steps": run.steps, "tokens": run.tokens, "scores": scores}
        torch.save({"model": half, **known}, where / "best.tmp")
        (where / "best.tmp").replace(where / "best.pt")
    return max(best, value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "train"))
    parser.add_argument("--work", type=Path, required=True, help="folder for all that is made (5 GB)")
    parser.add_argument("--parallel", type=Path, default=Path("../shared/parallel"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--minutes", type=float, default=100)
    parser.add_argument("--every", type=float, default=10, help="minutes between measurements")
    parser.add_argument("--tokens", type=int, default=1000, help="target pieces a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--resume", type=Path, help="weights to go on from (give them to `prepare` too)")
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if args.step == "prepare":
        known = torch.load(args.resume, weights_only=True)["pieces"] if args.resume else None
        data.build(args.parallel, ensure_bundled(), args.work, known)
    else:
        (args.work / "train.pid").write_text(str(os.getpid()), encoding="utf-8")
        train(args)


if __name__ == "__main__":
    main()
