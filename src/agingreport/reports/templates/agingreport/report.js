(() => {
  "use strict";
  const longEnoughToFilter = 12;

  const sortValue = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.v ?? cell.textContent.trim();
    const number = Number(value);
    return value !== "" && Number.isFinite(number) ? number : value;
  };

  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b
      : typeof a === typeof b ? a.localeCompare(b)
      : typeof a === "number" ? -1 : 1;

  const sort = (table, head) => {
    const descending = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const body = table.tBodies[0];
    const order = descending ? -1 : 1;
    [...body.rows]
      .map((row) => [sortValue(row, head.cellIndex), row])
      .sort(([a], [b]) => order * compare(a, b))
      .forEach(([, row]) => body.append(row));
  };

  const makeSortable = (table) => {
    table.querySelectorAll("thead th").forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head));
      head.append(button);
    });
  };

  const makeFilter = (table) => {
    const box = document.createElement("input");
    box.type = "search";
    box.placeholder = "Filter this list";
    box.setAttribute("aria-label", "Filter: " + table.caption.textContent);
    box.addEventListener("input", () => {
      const wanted = box.value.toLocaleLowerCase();
      [...table.tBodies[0].rows].forEach((row) => {
        row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
      });
    });
    table.parentElement.before(box);
  };

  // Cards on a phone are table cells shown as blocks; the roles keep them a table for those who listen to it.
  const keepRoles = (table) => {
    const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
    [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, td, th")].forEach((part) => {
      part.setAttribute("role", roles[part.tagName] ?? (part.scope === "row" ? "rowheader" : "columnheader"));
    });
  };

  document.querySelectorAll("table.listing").forEach((table) => {
    keepRoles(table);
    if (table.tBodies[0].rows.length < 2 || !table.classList.contains("sortable")) return;
    makeSortable(table);
    if (table.tBodies[0].rows.length > longEnoughToFilter) makeFilter(table);
  });
})();
