"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const cards = find(".card").map((node) => ({
    node,
    fold: node.firstElementChild,
    level: [node.dataset.level],
    meets: words(node.dataset.meets),
    resource: words(node.dataset.resource),
    origin: [node.dataset.origin],
    side: words(node.dataset.side),
    api: [node.dataset.api],
    text: "",
  }));
  const groups = find(".group").map((node) => ({
    node,
    cards: cards.filter((card) => card.node.parentElement === node),
    count: node.querySelector(".count"),
  }));
  const facets = find("[data-facet]").map((node) => ({
    key: node.dataset.facet,
    options: find(".option", node).map((label) => ({
      label,
      input: label.querySelector("input"),
      count: label.querySelector(".count"),
    })),
  }));
  const search = one("search");
  const shown = one("shown");
  const clear = one("clear");
  const unfold = one("unfold");
  const help = one("help");

  function words(text) {
    return text ? text.split(" ") : [];
  }

  function text(card) {
    if (!card.text) card.text = card.node.textContent.toLowerCase();
    return card.text;
  }

  // A card fits a facet if it has one of the values that are chosen there, and a search if it has every word.
  function filter() {
    const asked = words(search.value.trim().toLowerCase().replace(/\s+/g, " "));
    const chosen = facets.map((facet) => new Set(facet.options.filter((each) => each.input.checked).map((each) => each.input.value)));
    const counts = facets.map(() => new Map());
    let visible = 0;
    for (const card of cards) {
      const found = asked.every((word) => text(card).includes(word));
      const misses = [];
      if (found) {
        facets.forEach((facet, at) => {
          if (chosen[at].size && !card[facet.key].some((value) => chosen[at].has(value))) misses.push(at);
        });
        // What an option would show: the cards that fit everything outside its own facet.
        facets.forEach((facet, at) => {
          if (misses.length > 1 || (misses.length === 1 && misses[0] !== at)) return;
          for (const value of card[facet.key]) counts[at].set(value, (counts[at].get(value) || 0) + 1);
        });
      }
      const hide = !found || misses.length > 0;
      if (card.node.hidden !== hide) card.node.hidden = hide;
      visible += hide ? 0 : 1;
    }
    const active = asked.length > 0 || chosen.some((values) => values.size > 0);
    facets.forEach((facet, at) => {
      for (const option of facet.options) {
        const count = counts[at].get(option.input.value) || 0;
        option.count.textContent = String(count);
        option.label.classList.toggle("dry", count === 0);
      }
    });
    for (const group of groups) {
      const left = group.cards.filter((card) => !card.node.hidden).length;
      group.node.hidden = left === 0;
      group.count.textContent = String(left);
      if (active && left > 0) group.node.open = true;
    }
    one("nothing").hidden = visible > 0 || cards.length === 0;
    clear.hidden = !active;
    shown.textContent = active ? `${visible} of ${cards.length} changes` : `${cards.length} ${cards.length === 1 ? "change" : "changes"}`;
  }

  function reset() {
    search.value = "";
    for (const facet of facets) for (const option of facet.options) option.input.checked = false;
    filter();
  }

  const current = () => cards.filter((card) => !card.node.hidden && card.node.parentElement.open);

  function step(by) {
    const list = current();
    if (!list.length) return;
    const at = list.findIndex((card) => card.node.contains(document.activeElement));
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)];
    next.fold.firstElementChild.focus({ preventScroll: true });
    next.node.scrollIntoView({ block: "nearest" });
  }

  function toggleAll() {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    for (const card of cards) if (!card.node.hidden) card.fold.open = open;
    if (open) for (const group of groups) group.node.open = true;
    unfold.setAttribute("aria-pressed", String(open));
    unfold.textContent = open ? "Collapse all" : "Expand all";
  }

  function theme() {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
      localStorage.setItem("sdkwright-theme", root.dataset.theme);
    } catch {
      // A page from a file may have no storage; the choice then lasts as long as the page.
    }
  }

  function reveal() {
    const target = location.hash && one(decodeURIComponent(location.hash.slice(1)));
    const card = target && cards.find((each) => each.node === target);
    if (!card) return;
    if (card.node.hidden) reset();
    card.node.parentElement.open = true;
    card.fold.open = true;
    card.fold.firstElementChild.focus({ preventScroll: true });
    card.node.scrollIntoView({ block: "start" });
  }

  async function copy(button) {
    const holder = button.closest(".offer") || button.closest(".paste");
    const value = holder.querySelector("code, pre").textContent;
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      const area = document.createElement("textarea");
      area.value = value;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    e: toggleAll,
    t: theme,
    "/": () => search.focus(),
    "?": () => help.showModal(),
    Escape: reset,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const typing = event.target.matches("input[type=search]");
    if (typing && event.key !== "Escape") return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
    if (typing) search.blur();
  });

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, cards.length > 200 ? 80 : 0);
  });
  for (const facet of facets) for (const option of facet.options) option.input.addEventListener("change", filter);
  clear.addEventListener("click", () => { reset(); search.focus(); });
  unfold.addEventListener("click", toggleAll);
  one("theme").addEventListener("click", theme);
  one("keys").addEventListener("click", () => help.showModal());
  for (const button of find(".copy")) button.addEventListener("click", () => copy(button));
  addEventListener("hashchange", reveal);

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = find("details").filter((each) => !each.open);
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of closed) each.open = false; });

  try {
    const kept = localStorage.getItem("sdkwright-theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch {
    // See theme().
  }
  if (matchMedia("(max-width: 62rem)").matches) for (const each of find(".facets")) each.open = false;
  filter();
  reveal();
})();
