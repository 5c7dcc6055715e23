"use strict";
const root = document.documentElement;
const byId = id => document.getElementById(id);

// The theme: the system's until somebody chooses.
const dark = matchMedia("(prefers-color-scheme: dark)");
const theme = byId("theme");
const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
const nameTheme = () => { theme.textContent = isDark() ? "Light colours" : "Dark colours"; };
theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); });
dark.addEventListener("change", nameTheme);
nameTheme();

// The filter over the newest facts.
const form = byId("filter");
const facts = [...document.querySelectorAll("details.fact")];
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const words = new Map(facts.map(fact => [fact, plain(fact.textContent)]));
function filter() {
  let shown = 0;
  const asked = plain(byId("filter-text").value).split(/\s+/).filter(Boolean);
  for (const fact of facts) {
    const fits = ["kind", "actor", "place"].every(name => !byId(`filter-${name}`).value || fact.dataset[name] === byId(`filter-${name}`).value)
      && asked.every(word => words.get(fact).includes(word));
    fact.hidden = !fits;
    shown += fits;
  }
  byId("shown").textContent = `${shown} of ${facts.length} shown`;
  byId("none").hidden = shown > 0;
}
if (form) {
  form.addEventListener("input", filter);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
}

// A link to a fact opens it, whatever the filter says.
function open() {
  const fact = location.hash.startsWith("#fact-") && byId(location.hash.slice(1));
  if (!fact) return;
  fact.hidden = false;
  fact.open = true;
  fact.querySelector("summary").focus({ preventScroll: true });
  fact.scrollIntoView({ block: "start" });
}
addEventListener("hashchange", open);
open();

// What a mark says, beside the pointer; the table under each chart says the same to everybody.
const tip = byId("tip");
for (const chart of document.querySelectorAll(".drawing")) {
  chart.addEventListener("pointermove", event => {
    const mark = event.target.closest("[aria-roledescription][aria-label]");
    const said = mark && chart.contains(mark) && /: /.test(mark.getAttribute("aria-label")) && mark.getAttribute("aria-label");
    tip.hidden = !said;
    if (!said) return;
    tip.textContent = said.replaceAll("; ", "\n");
    tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8)}px`;
  });
  chart.addEventListener("pointerleave", () => { tip.hidden = true; });
}

for (const button of document.querySelectorAll("button.copy")) button.addEventListener("click", async () => {
  const sql = button.nextElementSibling;
  getSelection().selectAllChildren(sql);
  let copied = false;
  try { await navigator.clipboard.writeText(sql.textContent); copied = true; } catch { copied = document.execCommand("copy"); }
  button.textContent = copied ? "Copied" : "Marked: copy it with Ctrl+C";
});
