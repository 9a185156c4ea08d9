// The page's behaviour: pickers, sorting and downloads. It stands after charts.js in one script.

// ------------------------------------------------------------------ the page
const picked = { scenario: report.chosen.scenario, pollutant: report.chosen.pollutant };
const frames = new Map(report.charts.map((chart) => [chart.id, rowsOf(chart.data.frame)]));

function choiceOf(chart) {
  const own = Object.fromEntries(Array.from(
    document.querySelectorAll(`[data-picker-of="${chart.id}"]`), (select) => [select.dataset.key, select.value]));
  return { ...picked, ...own };
}

function layoutOf(own) {
  const axis = { automargin: true, gridcolor: "#e3e7eb", linecolor: "#9aa5b1", zerolinecolor: "#9aa5b1", exponentformat: "none", separatethousands: true };
  const title = (text) => (typeof text === "string" ? { text, standoff: 12 } : text);
  const merged = (part) => ({ ...axis, ...part, ...(part && part.title ? { title: title(part.title) } : {}) });
  return { height: 440, margin: { l: 70, r: 20, t: 30, b: 50 }, paper_bgcolor: "#ffffff", plot_bgcolor: "#ffffff",
    font: { family: getComputedStyle(document.body).fontFamily, size: 14, color: INK },
    separators: ".,", hoverlabel: { align: "left", namelength: -1 }, ...own,
    legend: { orientation: "h", yref: "container", yanchor: "bottom", y: 0, x: 0, ...own.legend }, xaxis: merged(own.xaxis), yaxis: merged(own.yaxis) };
}

function show(chart) {
  const place = document.getElementById(chart.id);
  const drawn = draw[chart.kind](frames.get(chart.id), choiceOf(chart), chart.data);
  place.classList.toggle("empty", drawn === null);
  if (drawn === null) {
    Plotly.purge(place);
    place.style.height = "";
    place.textContent = _("There is nothing to draw for this choice.");
    return;
  }
  if (!place.classList.contains("js-plotly-plot")) place.textContent = "";
  const layout = layoutOf(drawn.layout);
  place.style.height = `${layout.height}px`; // else a chart collapses when the window changes
  Plotly.react(place, drawn.traces, layout, {
    displaylogo: false, responsive: true, showSendToCloud: false, showEditInChartStudio: false, plotlyServerURL: "",
    modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"], toImageButtonOptions: { filename: chart.id, scale: 2 } });
}

// Rows and texts of one scenario or pollutant are there when it is picked.
function showPicked() {
  for (const element of document.querySelectorAll("[data-scenario], [data-pollutant]")) {
    element.hidden = ["scenario", "pollutant"].some((key) =>
      element.dataset[key] !== undefined && element.dataset[key] !== picked[key]);
  }
  for (const table of document.querySelectorAll("table[id]")) {
    const none = !Array.from(table.tBodies[0].rows).some((row) => !row.hidden);
    table.closest("figure").classList.toggle("without-rows", none);
  }
  report.charts.forEach(show);
}

// Paper has a width of its own, to which no browser fits a chart by itself.
function fitTo(width) {
  for (const place of document.querySelectorAll(".js-plotly-plot")) {
    Plotly.relayout(place, width ? { width } : { width: null, autosize: true });
  }
}

function listen() {
  window.addEventListener("beforeprint", () => fitTo(PAPER_WIDTH));
  window.addEventListener("afterprint", () => fitTo(null));
  for (const select of document.querySelectorAll("select[data-picks]")) {
    select.value = picked[select.dataset.picks];
    select.addEventListener("change", () => {
      picked[select.dataset.picks] = select.value;
      showPicked();
    });
  }
  for (const select of document.querySelectorAll("select[data-picker-of]")) {
    select.addEventListener("change", () => show(report.charts.find((chart) => chart.id === select.dataset.pickerOf)));
  }
  document.querySelectorAll("th button").forEach((button) => button.addEventListener("click", () => sortBy(button.closest("th"))));
  document.querySelectorAll("button[data-download-table]").forEach((button) =>
    button.addEventListener("click", () => download(`${button.dataset.downloadTable}.csv`, csvOfTable(document.getElementById(button.dataset.downloadTable)))));
  document.querySelectorAll("button[data-download-chart]").forEach((button) =>
    button.addEventListener("click", () => download(`${button.dataset.downloadChart}.csv`, csvOfChart(button.dataset.downloadChart))));
}

// ------------------------------------------------------------------ tables
function valueOf(cell) {
  return "value" in cell.dataset ? cell.dataset.value : "";
}

function sortBy(heading) {
  const table = heading.closest("table"), body = table.tBodies[0], index = heading.cellIndex;
  const upward = heading.getAttribute("aria-sort") !== "ascending";
  const numeric = heading.dataset.kind === "number";
  const compared = (one, other) => (numeric ? Number(one) - Number(other) : one.localeCompare(other, report.language));
  const rows = Array.from(body.rows).map((row) => ({ row, value: valueOf(row.cells[index]) }));
  rows.sort((one, other) => {
    if (one.value === "" || other.value === "") return (one.value === "") - (other.value === "");
    return upward ? compared(one.value, other.value) : compared(other.value, one.value);
  });
  rows.forEach(({ row }) => body.append(row));
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", upward ? "ascending" : "descending");
}

// A text that a spreadsheet would read as a formula gets a quote in front.
function csvCell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && isNaN(Number(text)) ? "'" + text : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function csv(lines) {
  return lines.map((line) => line.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

// The rows that are shown, in their order, with the scenario and the pollutant that were picked.
function csvOfTable(table) {
  const headings = Array.from(table.tHead.rows[0].cells, (cell) => cell.textContent.trim());
  const rows = Array.from(table.tBodies[0].rows).filter((row) => !row.hidden);
  const keys = ["scenario", "pollutant"].filter((key) => rows.some((row) => key in row.dataset));
  const titles = keys.map((key) => ({ scenario: _("Scenario"), pollutant: _("Pollutant") })[key]);
  return csv([[...titles, ...headings], ...rows.map((row) =>
    [...keys.map((key) => nameOf(key, row.dataset[key])), ...Array.from(row.cells, valueOf)])]);
}

function csvOfChart(id) {
  const chart = report.charts.find((one) => one.id === id);
  const columns = Object.keys(chart.data.frame);
  const choice = choiceOf(chart);
  const rows = matching(frames.get(id), { ...choice, ...("replication" in choice ? { replication: Number(choice.replication) } : {}) });
  const named = columns.flatMap((name) => (report.names[name] ? [name, `${name}_name`] : [name]));
  return csv([named, ...rows.map((row) =>
    columns.flatMap((name) => (report.names[name] ? [row[name], nameOf(name, row[name])] : [row[name]])))]);
}

// With a byte order mark, by which Excel knows that the text is UTF-8.
function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

listen();
showPicked();
