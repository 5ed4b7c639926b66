"use strict";
{
  const field = document.querySelector(".search input");
  const tables = [];
  let next = field.closest("p").nextElementSibling;
  for (; next && next.tagName !== "H2"; next = next.nextElementSibling) {
    if (next.tagName === "TABLE") tables.push(next);
  }
  const plain = (text) => text.normalize("NFKC").replace(/[\s号楼栋幢单元室户]+/g, "-").toLowerCase();
  const find = () => {
    const wanted = plain(field.value.trim()).replace(/^-|-$/g, "");
    for (const table of tables) {
      let found = 0;
      for (const row of table.tBodies[0].rows) {
        const isSum = row.classList.contains("total");
        const isFound = plain(row.cells[0].textContent).includes(wanted);
        row.hidden = wanted !== "" && (isSum || !isFound);
        found += row.hidden ? 0 : 1;
      }
      table.hidden = found === 0;
      table.previousElementSibling.hidden = found === 0;
    }
  };
  field.addEventListener("input", find);
  find();
}
