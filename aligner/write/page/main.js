// Filters, keys, the review file, and the first view.
const FIELDS = ["text", "status", "kind", "decided", "document", "order"];

function options(id, pairs) {
  byId(id).replaceChildren(...pairs.map(([key, text]) => node("option", { value: key, text })));
}

function fillFilters() {
  const counts = new Map();
  for (const row of data.rows) {
    for (const name of new Set([value(row, "status"), ...value(row, "kinds")])) counts.set(name, (counts.get(name) || 0) + 1);
  }
  const counted = (name) => [name, `${name} (${(counts.get(name) || 0).toLocaleString("en")})`];
  const kinds = [...counts.keys()].filter((name) => name && !STATUSES.includes(name)).sort();
  options("status", [["", "All"], ...STATUSES.map(counted)]);
  options("kind", [["", "All"], ...kinds.map(counted)]);
  options("decided", [["", "All"], ["open", "undecided"], ...Object.entries(VERDICTS)]);
  options("order", Object.entries(ORDERS).map(([key, [text]]) => [key, text]));
}

function refresh() {
  state.shown = choose(Object.fromEntries(FIELDS.map((id) => [id, byId(id).value])));
  const shown = state.shown.length.toLocaleString("en");
  byId("count").textContent = `${shown} of ${data.rows.length.toLocaleString("en")} pairs`;
  list.scrollTop = 0;
  select(0);
}

function save() {
  const link = node("a", { download: `review-${data.name}.tsv` });
  link.href = URL.createObjectURL(new Blob([reviewFile()], { type: "text/tab-separated-values" }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const KEYS = {
  j: () => select(state.selected + 1),
  k: () => select(state.selected - 1),
  a: () => give("accept", true),
  r: () => give("reject", true),
  u: () => give("", false),
  "/": () => byId("text").focus(),
  "?": () => { byId("help").open = !byId("help").open; },
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const inField = event.target.closest("input, textarea, select");
  if (inField) {
    if (event.key === "Escape") list.focus();
    return;
  }
  const listKeys = { ArrowDown: KEYS.j, ArrowUp: KEYS.k, Home: () => select(0), End: () => select(state.shown.length - 1),
    PageDown: () => select(state.selected + 6), PageUp: () => select(state.selected - 6), Enter: () => detail.focus() };
  const act = (event.target === list && listKeys[event.key]) || (byId("keys").checked && KEYS[event.key]);
  if (!act) return;
  event.preventDefault();
  act();
}

function drawUnaligned() {
  if (!data.unaligned.length) return;
  const box = byId("unaligned");
  box.hidden = false;
  box.firstElementChild.textContent = `Sentences without a counterpart (${data.unaligned.length.toLocaleString("en")})`;
  box.addEventListener("toggle", () => {
    if (!box.open || box.lastElementChild.childElementCount) return;
    const head = ["Document", "Text", "Why", "Nearest text", "Machine translation"].map((text) => node("th", { scope: "col", text }));
    const body = data.unaligned.slice(0, 1000).map((one) => node("tr", {}, ...one.map((text) => node("td", { text }))));
    const table = node("table", {}, node("thead", {}, node("tr", {}, ...head)), node("tbody", {}, ...body));
    box.lastElementChild.append(table);
    if (data.unaligned.length > 1000) box.lastElementChild.append(node("p", { text: "The rest stands in unaligned.tsv." }));
  });
}

loadVerdicts();
fillFilters();
let waiting = 0;
for (const id of FIELDS) {
  byId(id).addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, byId(id).type === "search" ? 80 : 0);
  });
}
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("save").addEventListener("click", save);
byId("print").addEventListener("click", () => window.print());
window.addEventListener("beforeprint", drawPaper);
list.addEventListener("scroll", () => requestAnimationFrame(drawList));
window.addEventListener("resize", drawList);
document.addEventListener("keydown", onKey);
drawUnaligned();
refresh();
document.documentElement.dataset.ready = "yes";
setTimeout(() => {
  prepare(0);
  drawDetail();
}, 0);
