/* Suggestions under a search box as one types. Without this the form is simply sent. */
(() => {
  "use strict";
  const PAUSE = 120;
  const LEAST = 2;

  const make = (name, wanted, parent) => parent.appendChild(Object.assign(document.createElement(name), wanted));

  // A combobox with a list: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ (manual selection).
  const dress = (form) => {
    const box = form.querySelector("input[type=search]");
    const { suggest, title, one, many, none } = form.dataset;
    const list = make("ul", { id: `${box.id}-list`, className: "search__list", hidden: true }, form);
    const said = make("span", { className: "hidden" }, form);
    let hits = [], chosen = -1, timer, asking;

    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", title);
    said.setAttribute("role", "status");
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })
      .forEach(([name, value]) => box.setAttribute(name, value));

    const choose = (at) => {
      chosen = at;
      [...list.children].forEach((row, n) => row.setAttribute("aria-selected", n === at));
      if (at < 0) box.removeAttribute("aria-activedescendant");
      else {
        box.setAttribute("aria-activedescendant", list.children[at].id);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    };
    const open = (wanted) => {
      list.hidden = !wanted;
      box.setAttribute("aria-expanded", wanted);
      if (!wanted) choose(-1);
    };
    // an answer that is still on its way is for what was typed before
    const stop = () => {
      clearTimeout(timer);
      asking?.abort();
    };
    const close = () => {
      stop();
      open(false);
      said.textContent = "";
    };
    const show = (found) => {
      hits = found;
      list.replaceChildren();
      hits.forEach((hit, n) => {
        const row = make("li", { id: `${list.id}-${n}` }, list);
        row.setAttribute("role", "option");
        make("span", { textContent: hit.title, lang: hit.lang }, row);
        if (hit.text) make("small", { textContent: hit.text }, row);
      });
      open(hits.length > 0);
      choose(-1);
      said.textContent = hits.length === 1 ? one : hits.length ? many.replace("{n}", hits.length) : none;
    };
    const ask = async () => {
      asking = new AbortController();
      const { signal } = asking;
      try {
        const answer = await fetch(`${suggest}?${new URLSearchParams({ q: box.value })}`, { signal });
        const found = answer.ok ? (await answer.json()).hits : null;
        if (signal.aborted) return;
        if (found) show(found);
        else close();
      } catch {
        if (!signal.aborted) close(); // no connection: the button still works
      }
    };

    box.addEventListener("input", () => {
      stop();
      choose(-1); // who types on has not chosen
      if (box.value.trim().length >= LEAST) timer = setTimeout(ask, PAUSE);
      else {
        hits = [];
        close();
      }
    });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing) return;
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) choose(-1); // back in the text
      else if (step && hits.length && event.altKey) {
        event.preventDefault();
        open(step > 0);
      } else if (step && hits.length) {
        event.preventDefault();
        if (list.hidden) open(true);
        const size = hits.length + 1; // one place of the round is the box itself
        choose(((chosen + 1 + step + size) % size) - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        location.assign(hits[chosen].href);
      }
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps its focus
    list.addEventListener("click", (event) => {
      const at = [...list.children].indexOf(event.target.closest("li"));
      if (at >= 0) location.assign(hits[at].href);
    });
    box.addEventListener("blur", close);
    addEventListener("pagehide", close); // who comes back meets the page, not the list
  };
  if (!navigator.connection?.saveData) document.querySelectorAll("form[data-suggest]").forEach(dress);
})();
