// Filters and sorts the tables of a report. Without it, the report is whole, in the order of danger.
(() => {
  const controls = document.querySelector(".controls");
  // A page without rows has nothing to filter or sort.
  if (!controls) return;
  const rows = [...document.querySelectorAll("[data-row]")];
  const words = document.querySelector("#filter-words");
  const stack = document.querySelector("#filter-stack");
  const shown = document.querySelector("#shown");

  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const isOfStack = !stack?.value || row.dataset.stack === stack.value;
      row.hidden = !isOfStack || !wanted.every((word) => text.includes(word));
    }
    for (const section of document.querySelectorAll("section[data-kind]")) {
      section.hidden = !section.querySelector("[data-row]:not([hidden])");
    }
    const count = rows.filter((row) => !row.hidden).length;
    shown.textContent = `${count} of ${rows.length} shown`;
  };

  const order = new Intl.Collator("en", { numeric: true });
  const sort = (header) => {
    const place = [...header.parentElement.children].indexOf(header);
    const isAscending = header.getAttribute("aria-sort") !== "ascending";
    for (const other of header.parentElement.children) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
    const body = header.closest("table").tBodies[0];
    const textOf = (row) => row.cells[place].textContent.trim();
    const sorted = [...body.rows].sort((one, other) => order.compare(textOf(one), textOf(other)));
    body.append(...(isAscending ? sorted : sorted.reverse()));
  };

  for (const header of document.querySelectorAll("thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = "Sort";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sort(header));
    header.append(button);
  }
  for (const control of [words, stack]) control?.addEventListener("input", filter);
  controls.hidden = false;
  filter();
})();
