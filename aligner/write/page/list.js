// Nodes, marked texts, and the list that holds only the rows in sight.
const HEIGHT = 92; // of .row in report.css
const list = byId("list");
const rows = byId("rows");

function node(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, told] of Object.entries(properties)) {
    if (key === "text") made.textContent = told;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), told);
    else made.setAttribute(key, told);
  }
  made.append(...children);
  return made;
}

// The text with its differing words in <mark>; `numbered` adds the number of the finding, so that colour is not all.
function marked(row, lang, numbered) {
  const text = value(row, lang);
  const kinds = value(row, "kinds");
  const spans = value(row, `${lang}_span`)
    .map((span, number) => ({ span, number }))
    .filter(({ span }) => span && span[1] > span[0] && span[1] <= text.length);
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ span }) => span)])].sort((a, b) => a - b);
  const pieces = document.createDocumentFragment();
  for (let number = 0; number + 1 < cuts.length; number += 1) {
    const [start, end] = [cuts[number], cuts[number + 1]];
    const here = spans.filter(({ span }) => span[0] <= start && end <= span[1]);
    const words = text.slice(start, end);
    if (!here.length) {
      pieces.append(words);
      continue;
    }
    const mark = node("mark", { title: here.map((one) => kinds[one.number]).join(", "), text: words });
    const ending = here.filter(({ span }) => span[1] === end);
    if (numbered && ending.length) mark.append(node("sup", { text: ending.map((one) => one.number + 1).join(",") }));
    pieces.append(mark);
  }
  return pieces;
}

function label(row) {
  const kinds = [...new Set(value(row, "kinds"))].join(", ");
  const severity = value(row, "severity");
  const status = value(row, "status") || "not judged";
  const pieces = [node("span", { class: `status ${status}`, text: status })];
  if (kinds) pieces.push(`: ${kinds}${severity ? ` (${severity})` : ""}`);
  const verdict = VERDICTS[verdictOf(row)[0]];
  if (verdict) pieces.push(" ", node("span", { class: "verdict", text: verdict }));
  return pieces;
}

function rowNode(place) {
  const row = data.rows[state.shown[place]];
  const made = node(
    "div",
    {
      class: "row",
      role: "option",
      id: `row-${place}`,
      "aria-selected": String(place === state.selected),
      "aria-posinset": String(place + 1),
      "aria-setsize": String(state.shown.length),
      onclick: () => select(place),
    },
    node("p", { class: "top" }, ...label(row), ` · ${documentOf(row)}`),
    node("p", { lang: "nl" }, marked(row, "nl", false)),
    node("p", { lang: "en" }, marked(row, "en", false)),
  );
  made.style.top = `${place * HEIGHT}px`; // through the object model: style attributes are forbidden in this page
  return made;
}

function drawList() {
  rows.style.height = `${state.shown.length * HEIGHT}px`;
  const first = Math.max(0, Math.floor(list.scrollTop / HEIGHT) - 4);
  const last = Math.min(state.shown.length, Math.ceil((list.scrollTop + list.clientHeight) / HEIGHT) + 4);
  const made = [];
  for (let place = first; place < last; place += 1) made.push(rowNode(place));
  rows.replaceChildren(...made);
  if (state.selected >= first && state.selected < last) list.setAttribute("aria-activedescendant", `row-${state.selected}`);
  else list.removeAttribute("aria-activedescendant");
}

function select(place) {
  if (!state.shown.length) {
    state.selected = -1;
  } else {
    state.selected = Math.max(0, Math.min(place, state.shown.length - 1));
    const top = state.selected * HEIGHT;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + HEIGHT > list.scrollTop + list.clientHeight) list.scrollTop = top + HEIGHT - list.clientHeight;
  }
  drawList();
  drawDetail();
}
