/* Puts the platform's built-in words into the reader's language. The words come from the text
   catalogues; the originals are kept, so that a change of language finds them again. */
(() => {
  "use strict";
  const WORDS = __PLANNER_WORDS__;
  const LOCALES = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };
  const ATTRIBUTES = [
    "aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription",
    "aria-valuetext", "data-label",
  ];
  const SKIPPED = new Set(["SCRIPT", "STYLE", "TEXTAREA", "CODE", "PRE"]);
  const root = document.documentElement;
  let lang = root.lang;

  // Calendars, number fields and announcements ask the browser for its language: answer with the
  // page's, so that a Swedish page in a Finnish browser speaks Swedish throughout.
  const answer = (name, value) =>
    Object.defineProperty(navigator, name, { configurable: true, get: value });
  answer("language", () => LOCALES[lang] ?? lang);
  answer("languages", () => [LOCALES[lang] ?? lang, lang]);

  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const patterns = {};
  for (const [code, table] of Object.entries(WORDS)) {
    patterns[code] = Object.entries(table)
      .filter(([english]) => english.includes("{"))
      .map(([english, words]) => {
        const source = english.split(/(\{\w\})/).map((part) =>
          part.startsWith("{") ? `(?<${part[1]}>[^]+?)` : escape(part));
        return [new RegExp(`^${source.join("")}$`), words];
      });
  }

  const translate = (text) => {
    const table = WORDS[lang];
    const plain = text.trim();
    if (!table || !plain) return text;
    if (Object.hasOwn(table, plain)) return text.replace(plain, () => table[plain]);
    for (const [pattern, words] of patterns[lang]) {
      const found = pattern.exec(plain);
      if (found) {
        return words.replace(/\{(\w)\}/g, (_, name) => translate(found.groups[name] ?? ""));
      }
    }
    // Tools say after a colon whose tool they are: "Fullscreen: a table's name".
    const colon = plain.indexOf(": ");
    const tool = colon > 0 ? plain.slice(0, colon) : "";
    if (Object.hasOwn(table, tool)) return table[tool] + plain.slice(colon);
    return text;
  };

  // node or element -> slot -> { original, shown }
  const kept = new WeakMap();
  const apply = (holder, slot, current, write) => {
    const slots = kept.get(holder) ?? {};
    const known = slots[slot];
    const original = known && known.shown === current ? known.original : current;
    const shown = translate(original);
    if (shown !== original || known) {
      slots[slot] = { original, shown };
      kept.set(holder, slots);
    }
    if (shown !== current) write(shown);
  };

  const visitText = (node) => {
    if (node.parentElement && SKIPPED.has(node.parentElement.tagName)) return;
    apply(node, "text", node.data, (shown) => { node.data = shown; });
  };
  const visitAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (value) apply(element, name, value, (shown) => element.setAttribute(name, shown));
    }
  };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { visitText(node); return; }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let at = node; at; at = walker.nextNode()) {
      if (at.nodeType === Node.TEXT_NODE) visitText(at);
      else visitAttributes(at);
    }
  };

  const followLanguage = () => {
    const wanted = document.querySelector("[data-planner-lang]")?.dataset.plannerLang;
    if (!wanted || wanted === lang) return;
    lang = wanted;
    root.lang = wanted;
    window.dispatchEvent(new Event("languagechange"));
    visit(document.body);
  };

  // The platform draws the page links as loose links: tell assistive technology what they are.
  const markNavigation = () => {
    const bar = document.querySelector("[class*=st-key-planner_pages]");
    const label = document.querySelector("[data-planner-pages]")?.dataset.plannerPages;
    if (!bar || !label) return;
    const here = document.querySelector("[data-planner-here]")?.dataset.plannerHere;
    if (bar.getAttribute("role") !== "navigation") bar.setAttribute("role", "navigation");
    if (bar.getAttribute("aria-label") !== label) bar.setAttribute("aria-label", label);
    for (const link of bar.querySelectorAll("a")) {
      const path = link.getAttribute("href").split("?")[0].replace(/^.*\//, "");
      const current = path === here ? "page" : null;
      if (link.getAttribute("aria-current") === current) continue;
      if (current) link.setAttribute("aria-current", current);
      else link.removeAttribute("aria-current");
    }
  };

  // The platform names the drop zone but calls it presentational, which takes the name away.
  const mendRoles = () => {
    for (const zone of document.querySelectorAll("[data-testid=stFileUploaderDropzone]")) {
      if (zone.getAttribute("role") === "presentation") zone.setAttribute("role", "group");
    }
  };

  // A plain link within the app would load the page anew, and with it a new session that knows
  // nothing of what was typed or uploaded. Go as Back and Forward do: the session lives on.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-testid=stHtml] a[href]");
    const other = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || other || event.defaultPrevented || link.target || link.hasAttribute("download")) return;
    const from = window.location;
    if (link.origin !== from.origin || link.hash) return;
    event.preventDefault();
    // What was typed last is sent when its field is left: the page waits until that has arrived.
    const latest = Date.now() + 3000;
    const go = () => {
      const app = document.querySelector("[data-testid=stApp]");
      const busy = app && app.dataset.testScriptState !== "notRunning";
      if (busy && Date.now() < latest) { window.setTimeout(go, 50); return; }
      window.history.pushState(null, "", link.href);
      window.dispatchEvent(new PopStateEvent("popstate"));
    };
    window.setTimeout(go, 50);
  });

  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") visitText(change.target);
      else if (change.type === "attributes") visitAttributes(change.target);
      else change.addedNodes.forEach(visit);
    }
    followLanguage();
    markNavigation();
    mendRoles();
  });
  const begin = () => {
    visit(document.body);
    observer.observe(document.body, {
      subtree: true, childList: true, characterData: true,
      attributes: true, attributeFilter: [...ATTRIBUTES, "data-planner-lang", "href"],
    });
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
