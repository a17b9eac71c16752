// The pairs, which of them are shown, and what was decided. No text ever becomes mark-up: nodes are made one by one.
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);
const at = Object.fromEntries(data.columns.map((name, place) => [name, place]));
const STATUSES = ["divergent", "review", "equivalent"];
const VERDICTS = { accept: "accepted", reject: "rejected", correct: "corrected" };
const state = { shown: [], selected: -1 };

const value = (row, name) => row[at[name]];
// Machine translations and contexts, half of the page, are read after the first view; until then they are empty.
// A row is found by its number in the page, which the rows get here behind their columns.
let rest = null;
data.rows.forEach((row, number) => row.push(number));
function readRest() {
  rest ??= JSON.parse(byId("more").textContent);
}
function more(row, name) {
  return rest ? rest[row[data.columns.length]][data.more.indexOf(name)] : "";
}
const documentOf = (row) => data.documents[value(row, "document")];
const speakers = (row) => [...new Set([value(row, "nl_speaker"), value(row, "en_speaker")].filter(Boolean))];

// What is searched in a row, in lower case; made once, little by little after the first view.
const haystacks = [];
function prepare(from) {
  if (from === 0) readRest();
  const to = Math.min(from + 1000, data.rows.length);
  for (let number = from; number < to; number += 1) haystack(number);
  if (to < data.rows.length) setTimeout(prepare, 0, to);
}
function haystack(number) {
  if (haystacks[number] === undefined) {
    const row = data.rows[number];
    const names = ["id", "nl", "en", "evidence", "suggestion", "nl_speaker", "en_speaker"];
    const texts = [...names.map((name) => value(row, name)), more(row, "nl_in_en"), more(row, "en_in_nl")];
    haystacks[number] = texts.join("\n").toLowerCase();
  }
  return haystacks[number];
}

// Verdicts: those of the run, overlaid by those made here. [verdict, corrected_nl, corrected_en, comment]
const KEY = `aligner:${data.key}`;
let decided = {};
function loadVerdicts() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) || "{}");
    for (const [id, told] of Object.entries(kept)) {
      if (Array.isArray(told) && told.length === 4 && told.every((part) => typeof part === "string")) decided[id] = told;
    }
  } catch {
    decided = {};
  }
}

function keepVerdicts() {
  try {
    localStorage.setItem(KEY, JSON.stringify(decided));
    byId("notice").textContent = "";
  } catch {
    byId("notice").textContent = "This browser does not keep verdicts: save the review file before you close the page.";
  }
}

function verdictOf(row) {
  return decided[value(row, "id")] || value(row, "review") || ["", "", "", ""];
}

function decide(row, changes) {
  const [verdict, nl, en, comment] = verdictOf(row);
  const told = { verdict, nl, en, comment, ...changes };
  if (told.nl || told.en) told.verdict = "correct";
  else if (told.verdict === "correct") told.verdict = "";
  decided[value(row, "id")] = [told.verdict, told.nl, told.en, told.comment];
  keepVerdicts();
}

// The file that `aligner review import` reads: tab, LF, no quoting.
function reviewFile() {
  const cell = (text) => String(text).replace(/\r\n|[\t\r\n]/g, " ");
  const lines = [["id", "document", "nl", "en", "verdict", "corrected_nl", "corrected_en", "comment"]];
  for (const row of data.rows) {
    const told = verdictOf(row);
    if (told.some(Boolean)) lines.push([value(row, "id"), documentOf(row), value(row, "nl"), value(row, "en"), ...told]);
  }
  return lines.map((cells) => cells.map(cell).join("\t") + "\n").join("");
}

const ORDERS = {
  serious: ["Most serious first", null],
  text: ["As in the documents", (a, b) => value(a, "place") - value(b, "place")],
  divergence: ["Most divergent first", (a, b) => value(b, "divergence") - value(a, "divergence")],
  similarity: ["Least similar first", (a, b) => value(a, "similarity") - value(b, "similarity")],
  length: ["Longest first", (a, b) => value(b, "nl").length - value(a, "nl").length],
};

function choose(wanted) {
  if (wanted.text) readRest();
  const words = wanted.text.toLowerCase().split(/\s+/).filter(Boolean);
  const name = wanted.document.toLowerCase();
  const documents = data.documents.map((one) => !name || one.toLowerCase().includes(name));
  const found = [];
  for (let number = 0; number < data.rows.length; number += 1) {
    const row = data.rows[number];
    if (wanted.status && value(row, "status") !== wanted.status) continue;
    if (wanted.kind && !value(row, "kinds").includes(wanted.kind)) continue;
    if (!documents[value(row, "document")]) continue;
    if (wanted.decided) {
      const verdict = verdictOf(row)[0];
      if (wanted.decided === "open" ? verdict : verdict !== wanted.decided) continue;
    }
    if (words.length && !words.every((word) => haystack(number).includes(word))) continue;
    found.push(number);
  }
  const order = ORDERS[wanted.order][1];
  if (order) found.sort((a, b) => order(data.rows[a], data.rows[b]) || a - b);
  return found;
}
