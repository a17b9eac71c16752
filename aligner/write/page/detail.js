// The selected pair in full, on the screen and on paper.
const detail = byId("detail");
const NAMES = { nl: "Dutch", en: "English" };
const OTHER = { nl: "en", en: "nl" };

function selectedRow() {
  return state.selected < 0 ? null : data.rows[state.shown[state.selected]];
}

function side(row, lang) {
  const original = value(row, "original") === lang ? ", the original" : "";
  const speaker = value(row, `${lang}_speaker`);
  const box = node(
    "div",
    {},
    node("h2", { text: `${NAMES[lang]} (${value(row, `${lang}_role`) || "text"}${original})` }),
    node("p", { class: "cell", lang }, marked(row, lang, true)),
  );
  if (speaker) box.append(node("p", { class: "place", text: `Speaker: ${speaker}` }));
  const machine = more(row, `${lang}_in_${OTHER[lang]}`);
  if (machine) {
    box.append(node("p", { class: "place", text: `In ${NAMES[OTHER[lang]]}, by machine:` }));
    box.append(node("p", { class: "near", lang: OTHER[lang], text: machine }));
  }
  return box;
}

function words(row, lang, number) {
  const span = value(row, `${lang}_span`)[number];
  return span ? `“${value(row, lang).slice(span[0], span[1])}”` : "–";
}

function findings(row) {
  const kinds = value(row, "kinds");
  if (!kinds.length) return [];
  const lines = kinds.map((kind, number) =>
    node("li", {}, node("b", { text: kind }), `: ${words(row, "nl", number)} / ${words(row, "en", number)}`),
  );
  return [node("ol", { class: "kinds" }, ...lines)];
}

function context(row) {
  const made = [];
  for (const lang of ["nl", "en"]) {
    const near = more(row, `${lang}_near`);
    if (!near) continue;
    const cell = node("b", { lang, text: value(row, lang) });
    made.push(node("p", { class: "near" }, `${NAMES[lang]}: `, near[0], " ", cell, " ", near[1]));
  }
  return made.length ? [node("h2", { text: "In the article" }), ...made] : [];
}

function field(row, name, title, place) {
  const area = node("textarea", { rows: "2", id: `field-${name}`, ...(OTHER[name] ? { lang: name } : {}) });
  area.value = verdictOf(row)[place];
  area.addEventListener("change", () => {
    decide(row, { [name]: area.value.trim() === (OTHER[name] && value(row, name)) ? "" : area.value.trim() });
    drawList();
    drawButtons(row);
  });
  return node("label", name === "comment" ? { class: "wide" } : {}, title, area);
}

function drawButtons(row) {
  const verdict = verdictOf(row)[0];
  for (const name of ["accept", "reject"]) byId(`do-${name}`)?.setAttribute("aria-pressed", String(verdict === name));
}

function give(verdict, onwards) {
  const row = selectedRow();
  if (!row) return;
  // A text corrected before is a decision too: another one replaces it.
  decide(row, { verdict, nl: "", en: "", ...(verdict ? {} : { comment: "" }) });
  if (onwards && state.selected + 1 < state.shown.length) select(state.selected + 1);
  else select(state.selected);
}

function drawDetail() {
  const row = selectedRow();
  detail.scrollTop = 0;
  if (!row) {
    detail.replaceChildren(node("p", { text: "No pair matches these filters." }));
    return;
  }
  const button = (name, text, verdict) =>
    node("button", { type: "button", id: `do-${name}`, text, onclick: () => give(verdict, false) });
  const score = (name) => (value(row, name) === null ? "–" : value(row, name).toFixed(3));
  const about = [
    documentOf(row), `sentences ${value(row, "alignment")}`, `similarity ${score("similarity")}`,
    `divergence ${score("divergence")}`, value(row, "id"),
  ];
  detail.replaceChildren(
    node("p", {}, ...label(row)),
    node("div", { class: "sides" }, side(row, "nl"), side(row, "en")),
    ...findings(row),
    ...(value(row, "evidence") ? [node("p", { text: value(row, "evidence") })] : []),
    ...(value(row, "suggestion") ? [node("p", {}, node("b", { text: "Suggestion: " }), value(row, "suggestion"))] : []),
    node("div", { class: "act" }, button("accept", "Accept (a)", "accept"), button("reject", "Reject (r)", "reject"),
      button("undo", "Undo (u)", "")),
    node("div", { class: "fields" }, field(row, "nl", "Corrected Dutch", 1), field(row, "en", "Corrected English", 2),
      field(row, "comment", "Comment", 3)),
    ...context(row),
    node("p", { class: "place", text: about.join(" · ") }),
  );
  drawButtons(row);
}

const MOST_ON_PAPER = 1000;
function drawPaper() {
  const made = state.shown.slice(0, MOST_ON_PAPER).map((number) => {
    const row = data.rows[number];
    const who = speakers(row).join(" / ");
    return node(
      "div", { class: "pair" },
      node("p", {}, ...label(row), ` · ${documentOf(row)}${who ? ` · ${who}` : ""}`),
      node("p", { class: "cell", lang: "nl" }, marked(row, "nl", true)),
      node("p", { class: "cell", lang: "en" }, marked(row, "en", true)),
      node("p", { text: [value(row, "evidence"), value(row, "suggestion"), verdictOf(row)[3]].filter(Boolean).join(" ") }),
    );
  });
  if (state.shown.length > MOST_ON_PAPER) {
    made.push(node("p", { text: `${state.shown.length - MOST_ON_PAPER} more pairs are not printed: filter first.` }));
  }
  byId("paper").replaceChildren(...made);
}
