"use strict";
// What the report's script shares and how it draws: everything is in the page, nothing is fetched.
// A chart's data is a frame (columns of equal length); `draw` turns the rows that match the pickers
// into Plotly traces. page.js follows it in the same script.

const report = JSON.parse(document.getElementById("report-data").textContent);

// Okabe and Ito's palette: told apart by readers with any colour vision, and in grey.
const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c7b00", "#555555"];
const CAUSE_COLOURS = {
  work: "#0072b2", predecessors: "#999999", permits: "#e69f00", crews: "#d55e00",
  money: "#009e73", season: "#56b4e9", alerts: "#cc79a7", unresolved: "#bbbbbb",
  cancelled: "#000000", start: "#8c7b00",
};
const PATTERNS = ["", "/", ".", "x", "-", "\\"];
const DATES = { type: "date", tickformatstops: [{ dtickrange: [null, "M1"], value: "%Y-%m-%d" }, { dtickrange: ["M1", null], value: "%Y-%m" }] };
const INK = "#1b2733";
const BASE = "#777777";
const PAPER_WIDTH = 680; // [px] what A4 has between its margins

// ------------------------------------------------------------------ words and numbers
function _(message, values) {
  const text = report.messages[message] || message;
  return text.replace(/\{(\w+)\}/g, (whole, key) => (values && key in values ? values[key] : whole));
}

function nameOf(axis, id) {
  return (report.names[axis] && report.names[axis][id]) || id;
}

function shortened(text, length = 30) {
  return text.length > length ? text.slice(0, length - 1) + "…" : text;
}

// Plotly reads a little HTML in labels: names are text, so its signs are escaped.
function label(text) {
  return String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function unitLabel(unit) {
  return label(unit.split("/").map((part) => nameOf("unit", part)).join("/"));
}

function axisTitle(pollutant, unit) {
  return `${label(nameOf("pollutant", pollutant))} [${unitLabel(unit)}]`;
}

function colour(index) {
  return COLOURS[index % COLOURS.length];
}

function pattern(index) {
  return PATTERNS[Math.floor(index / COLOURS.length) % PATTERNS.length];
}

// A measure has the same colour in every chart.
function measureIndex(measure) {
  return Math.max(0, Object.keys(report.names.measure).indexOf(measure));
}

function hatch(index) {
  return { shape: pattern(index), fillmode: "overlay", fgcolor: "#ffffff", size: 6, solidity: 0.2 };
}

function faded(hex, opacity) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${opacity})`;
}

// ------------------------------------------------------------------ frames
function rowsOf(frame) {
  const columns = Object.keys(frame);
  const length = columns.length ? frame[columns[0]].length : 0;
  return Array.from({ length }, (unused, i) =>
    Object.fromEntries(columns.map((column) => [column, frame[column][i]])));
}

function matching(rows, wanted) {
  return rows.filter((row) =>
    Object.entries(wanted).every(([key, value]) => !(key in row) || row[key] === value));
}

function column(rows, name) {
  return rows.map((row) => row[name]);
}

function distinct(values) {
  return Array.from(new Set(values));
}

// ------------------------------------------------------------------ charts, one function a kind
const draw = {};

function fanOf(rows, hex, name, dashed) {
  const years = column(rows, "year");
  const band = (low, high, opacity, title) => [
    { x: years, y: column(rows, low), line: { width: 0 }, hoverinfo: "skip", showlegend: false, mode: "lines" },
    { x: years, y: column(rows, high), line: { width: 0 }, fill: "tonexty", mode: "lines",
      fillcolor: faded(hex, opacity), hoverinfo: "skip", name: title },
  ];
  const median = { x: years, y: column(rows, "q50"), name, mode: "lines+markers",
    line: { color: hex, width: 3, dash: dashed ? "dash" : "solid" }, marker: { size: 6 } };
  if (dashed) return [median];
  return [...band("q05", "q95", 0.16, _("90 % of the worlds")), ...band("q25", "q75", 0.3, _("half of the worlds")), median];
}

draw.fan = function (rows, choice) {
  const chosen = matching(rows, choice);
  if (!chosen.length) return null;
  const base = report.base !== choice.scenario
    ? matching(rows, { ...choice, scenario: report.base }) : [];
  const traces = fanOf(chosen, COLOURS[0], label(nameOf("scenario", choice.scenario)), false);
  if (base.length) traces.push(...fanOf(base, BASE, label(nameOf("scenario", report.base)), true));
  return { traces, layout: {
    xaxis: { dtick: 1, separatethousands: false }, legend: { traceorder: "reversed" },
    yaxis: { title: axisTitle(choice.pollutant, chosen[0].unit + "/year"), rangemode: "tozero" } } };
};

draw.wedges = function (rows, choice) {
  const chosen = matching(rows, choice);
  if (!chosen.length) return null;
  const of = (step) => chosen.filter((row) => row.step === step);
  const steps = distinct(column(chosen, "step")).sort((one, other) => one - other);
  const last = of(steps[steps.length - 1]);
  const shown = steps.slice(1).filter((step) => of(step).some((row) => Math.abs(row.cut) > 5e-4 * row.level));
  const traces = [{ x: column(last, "year"), y: column(last, "level"), mode: "lines", name: _("with all measures"),
    line: { color: INK, width: 2, dash: "dot" } }];
  for (const step of shown.reverse()) {
    const above = of(step - 1), index = measureIndex(of(step)[0].measure);
    traces.push({ x: column(above, "year"), y: column(above, "level"), mode: "lines", fill: "tonexty",
      line: { width: 0.5, color: "#ffffff" }, fillcolor: faded(colour(index), 0.75), fillpattern: hatch(index),
      customdata: column(of(step), "cut"), name: label(nameOf("measure", of(step)[0].measure)),
      hovertemplate: `%{customdata:,.4r} ${unitLabel(chosen[0].unit)}` });
  }
  traces.push({ x: column(of(0), "year"), y: column(of(0), "level"), mode: "lines", name: _("without measures"), line: { color: INK, width: 2.5 } });
  const levels = column(chosen, "level");
  const low = Math.min(...levels), high = Math.max(...levels);
  const cut = low > 0.5 * high;
  return { traces, layout: {
    xaxis: { dtick: 1, separatethousands: false }, hovermode: "x unified", legend: { traceorder: "reversed" },
    yaxis: { title: axisTitle(choice.pollutant, chosen[0].unit + "/year"),
      ...(cut ? { range: [low - 0.15 * (high - low), high + 0.05 * (high - low)] } : { rangemode: "tozero" }) },
    annotations: cut ? [remark(_("The axis does not start at zero."))] : [] } };
};

function remark(text) {
  return { text, xref: "paper", yref: "paper", x: 0, y: 1.07, showarrow: false, xanchor: "left", font: { size: 12, color: "#555555" } };
}

draw.macc = function (rows, choice, extra) {
  const chosen = matching(rows, choice).filter((row) => row.cost !== null && row.cut > 0)
    .sort((one, other) => one.cost - other.cost);
  if (!chosen.length) return null;
  let reached = 0;
  const traces = chosen.map((row) => {
    const index = measureIndex(row.measure), left = reached;
    reached += row.cut;
    return { type: "bar", x: [left + row.cut / 2], width: [row.cut], y: [row.cost],
      name: label(nameOf("measure", row.measure)),
      marker: { color: colour(index), pattern: hatch(index), line: { color: "#ffffff", width: 1 } },
      error_y: { type: "data", symmetric: false, color: INK, thickness: 1.2, width: 4,
        array: [row.high === null ? 0 : row.high - row.cost], arrayminus: [row.low === null ? 0 : row.cost - row.low] },
      hovertemplate: `%{y:,.4r} ${unitLabel("CNY/" + row.unit)}<br>${_("cut in {year}", { year: extra.year })}: %{width:,.4r} ${unitLabel(row.unit)}` };
  });
  return { traces, layout: { barmode: "overlay", bargap: 0,
    xaxis: { title: `${_("cut in {year}", { year: extra.year })} [${unitLabel(chosen[0].unit)}]` },
    yaxis: { title: `${_("Cost")} [${unitLabel("CNY/" + chosen[0].unit)}]` } } };
};

draw.waterfall = function (rows, choice) {
  const chosen = matching(rows, choice);
  if (!chosen.length) return null;
  const axis = choice.split;
  const text = (row) => label(shortened(row.role === "change" ? nameOf(axis, row.item)
    : nameOf("scenario", row.item), 30));
  const trace = { type: "waterfall", orientation: "h", y: chosen.map((row, i) => i), x: column(chosen, "value"),
    measure: chosen.map((row) => ({ start: "absolute", change: "relative", end: "total" })[row.role]),
    connector: { line: { color: "#aaaaaa", width: 1 } },
    increasing: { marker: { color: "#d55e00" } }, decreasing: { marker: { color: "#009e73" } },
    totals: { marker: { color: "#777777" } },
    customdata: chosen.map(text), hovertemplate: `%{customdata}: %{x:,.4r} ${unitLabel(chosen[0].unit)}<extra></extra>`,
    showlegend: false };
  const levels = waterfallLevels(chosen);
  const low = Math.min(...levels), high = Math.max(...levels), spread = high - low || high || 1;
  const cut = low > 0.5 * high;
  return { traces: [trace], layout: { height: 110 + 30 * chosen.length,
    yaxis: { autorange: "reversed", tickvals: chosen.map((row, i) => i), ticktext: chosen.map(text), automargin: true },
    xaxis: { title: axisTitle(choice.pollutant, chosen[0].unit + "/year"),
      ...(cut ? { range: [low - 0.3 * spread, high + 0.1 * spread] } : { rangemode: "tozero" }) },
    annotations: cut ? [remark(_("The axis does not start at zero."))] : [] } };
};

function waterfallLevels(rows) {
  let level = 0;
  return rows.map((row) => (level = row.role === "change" ? level + row.value : row.value));
}

draw.completion = function (rows, choice, extra) {
  const chosen = matching(rows, { scenario: choice.scenario, milestone: choice.milestone });
  if (!chosen.length) return null;
  const measures = distinct(column(chosen, "measure"));
  const traces = measures.map((measure) => {
    const index = measureIndex(measure);
    const curve = chosen.filter((row) => row.measure === measure);
    return { x: column(curve, "date"), y: column(curve, "share"), mode: "lines", name: label(nameOf("measure", measure)),
      line: { color: colour(index), width: 2.5, shape: "hv", dash: ["solid", "dash", "dot"][Math.floor(index / COLOURS.length) % 3] },
      hovertemplate: "%{x|%Y-%m-%d}: %{y:.0%}" };
  });
  const deadlines = matching(rowsOf(extra.deadlines), { scenario: choice.scenario, milestone: choice.milestone });
  return { traces, layout: { height: 380 + 14 * measures.length,
    xaxis: DATES, yaxis: { tickformat: ".0%", range: [0, 1.03], title: _("share of the worlds") },
    shapes: deadlines.map((row) => ({ type: "line", x0: row.date, x1: row.date, yref: "paper", y0: 0, y1: 1,
      line: { color: INK, width: 1.5, dash: "dash" } })),
    annotations: distinct(column(deadlines, "date")).map((date) => ({ x: date, y: 1, yref: "paper", yanchor: "bottom",
      text: date, showarrow: false, font: { size: 12 } })) } };
};

// The limbs of a measure run side by side, so each has a lane of its own.
function laneOf(row) {
  const words = row.stage.split(" ");
  return words.length > 1 ? `${row.measure}\n${words[0]}` : row.measure;
}

function laneLabel(lane) {
  const [measure, limb] = lane.split("\n");
  return label(limb ? `${shortened(nameOf("measure", measure), 22)} · ${nameOf("limb", limb)}` : shortened(nameOf("measure", measure), 36));
}

function stageName(row) {
  const own = nameOf("stage", `${row.measure}/${row.stage}`);
  return own === `${row.measure}/${row.stage}` ? nameOf("stage", row.stage) : own;
}

draw.gantt = function (rows, choice) {
  const chosen = matching(rows, { scenario: choice.scenario, replication: Number(choice.replication) });
  if (!chosen.length) return null;
  const first = distinct(column(chosen, "measure"));
  const lanes = distinct(chosen.map(laneOf)).sort((one, other) => first.indexOf(one.split("\n")[0]) - first.indexOf(other.split("\n")[0]));
  const traces = distinct(column(chosen, "cause")).map((cause) => ganttBars(chosen.filter((row) => row.cause === cause), lanes, cause));
  return { traces, layout: { barmode: "overlay", height: 130 + 30 * lanes.length,
    xaxis: { ...DATES, side: "top" },
    yaxis: { autorange: "reversed", tickvals: lanes.map((lane, i) => i), ticktext: lanes.map(laneLabel), automargin: true } } };
};

function ganttBars(bars, lanes, cause) {
  return { type: "bar", orientation: "h", name: nameOf("cause", cause), showlegend: true, width: 0.7, y: bars.map((row) => lanes.indexOf(laneOf(row))),
    base: column(bars, "start"), x: bars.map((row) => Date.parse(row.end) - Date.parse(row.start)),
    marker: { color: CAUSE_COLOURS[cause] || "#bbbbbb", line: { color: "#ffffff", width: 1 },
      pattern: { shape: cause === "work" ? "" : "/", fillmode: "overlay", fgcolor: "#ffffff", size: 6, solidity: 0.25 } },
    customdata: bars.map((row) => [label(stageName(row)), row.start, row.end]),
    hovertemplate: "%{customdata[0]}<br>%{customdata[1]} – %{customdata[2]}" };
}

draw.map = function (rows, choice) {
  const every = matching(rows, choice);
  const most = Math.max(...every.map((row) => Math.max(row.before, row.after)), 0);
  const chosen = every.filter((row) => Math.max(row.before, row.after) > 1e-4 * most);
  if (!chosen.length) return null;
  const where = { x: column(chosen, "longitude"), y: column(chosen, "latitude") };
  const size = (value) => Math.max(4, 80 * Math.sqrt(value / most));
  const circles = (name, value, style) => ({ ...where, mode: "markers", name,
    marker: { size: chosen.map((row) => size(row[value])), opacity: 1, ...style },
    customdata: chosen.map((row) => [label(nameOf("district", row.district)), row[value], unitLabel(row.unit)]),
    hovertemplate: "%{customdata[0]}: %{customdata[1]:,.4r} %{customdata[2]}" });
  const latitude = chosen.reduce((sum, row) => sum + row.latitude, 0) / chosen.length;
  return { traces: [
    circles(_("before: {year}", { year: chosen[0].year_before }), "before", { color: "rgba(230,159,0,0.3)", line: { color: "#e69f00", width: 2 } }),
    circles(_("after: {year}", { year: chosen[0].year_after }), "after", { color: "rgba(0,114,178,0.4)", line: { color: "#0072b2", width: 2 } })],
    layout: { height: 620, annotations: chosen.map((row) => districtLabel(row, chosen, size(Math.max(row.before, row.after)) / 2)), legend: { itemsizing: "constant" },
      xaxis: { title: _("longitude [degrees east]"), ...padded(where.x) },
      yaxis: { title: _("latitude [degrees north]"), scaleanchor: "x", scaleratio: 1 / Math.cos(latitude * Math.PI / 180), ...padded(where.y) } } };
};

// A name stands off its circle, away from the middle of all of them.
function districtLabel(row, every, radius) {
  const middle = (axis) => every.reduce((sum, one) => sum + one[axis], 0) / every.length;
  const angle = Math.atan2(row.latitude - middle("latitude"), row.longitude - middle("longitude"));
  return { x: row.longitude, y: row.latitude, ax: (radius + 45) * Math.cos(angle), ay: -(radius + 45) * Math.sin(angle),
    text: label(nameOf("district", row.district)), showarrow: true, arrowhead: 0, arrowwidth: 1, arrowcolor: "#777777",
    font: { size: 13 }, bgcolor: "rgba(255,255,255,0.8)" };
}

function padded(values) {
  const low = Math.min(...values), high = Math.max(...values), pad = 0.25 * (high - low) || 0.1;
  return { range: [low - pad, high + pad] };
}

draw["target-odds"] = function (rows, choice) {
  const chosen = rows.filter((row) => row.probability !== null);
  if (!chosen.length) return null;
  const targets = distinct(column(chosen, "target")), scenarios = distinct(column(chosen, "scenario"));
  const offset = (index) => (scenarios.length === 1 ? 0 : 0.5 * (index / (scenarios.length - 1) - 0.5));
  const traces = scenarios.map((scenario, index) => {
    const own = chosen.filter((row) => row.scenario === scenario);
    return { x: column(own, "probability"), y: own.map((row) => targets.indexOf(row.target) + offset(index)), mode: "markers",
      name: label(nameOf("scenario", scenario)), marker: { size: scenario === choice.scenario ? 12 : 8, color: colour(index),
        symbol: ["circle", "square", "diamond", "cross", "triangle-up", "x"][index % 6] },
      error_x: { type: "data", symmetric: false, color: colour(index), thickness: 1.5, array: own.map((row) => row.high - row.probability), arrayminus: own.map((row) => row.probability - row.low) },
      customdata: own.map((row) => label(nameOf("target", row.target))), hovertemplate: "%{customdata}: %{x:.0%}" };
  });
  return { traces, layout: { height: 130 + targets.length * Math.max(62, 22 * scenarios.length),
    xaxis: { tickformat: ".0%", range: [-0.03, 1.03], title: _("probability that the target is met") },
    yaxis: { autorange: "reversed", tickvals: targets.map((target, i) => i), ticktext: targets.map((target) => folded(nameOf("target", target))), automargin: true, zeroline: false } } };
};

function inputAxis(rows) {
  return { autorange: "reversed", tickvals: rows.map((row, i) => i), ticktext: rows.map((row) => folded(row.input, 40)), automargin: true, zeroline: false };
}

draw.shares = function (rows, choice) {
  const chosen = matching(rows, choice);
  if (!chosen.length) return null;
  const names = { first: _("alone"), total: _("with all interactions") };
  const traces = Object.keys(names).map((kind, index) => ({ type: "bar", orientation: "h", name: names[kind],
    x: column(chosen, kind), y: chosen.map((row, i) => i),
    error_x: { type: "data", array: column(chosen, `${kind}_half_width`), color: INK, thickness: 1.2, width: 3 },
    marker: { color: colour(4 * index), pattern: hatch(index), line: { color: INK, width: 0.5 } },
    customdata: chosen.map((row) => label(row.input)), hovertemplate: "%{customdata}: %{x:.2f}" }));
  return { traces, layout: { height: 130 + 42 * chosen.length, barmode: "group",
    xaxis: { title: _("share of the variance") }, yaxis: inputAxis(chosen) } };
};

draw.tornado = function (rows, choice) {
  const chosen = matching(rows, choice).filter((row) => row.swing);
  if (!chosen.length) return null;
  const names = { low: _("input at its 10 % quantile"), high: _("input at its 90 % quantile") };
  const unit = unitLabel(chosen[0].unit), isDate = chosen[0].unit === "d", scale = isDate ? 864e5 : 1; // [ms per day]
  const traces = Object.keys(names).map((end, index) => ({ type: "bar", orientation: "h", name: names[end],
    base: chosen.map((row) => row.at_median * scale), x: chosen.map((row) => (row[end] - row.at_median) * scale), y: chosen.map((row, i) => i),
    marker: { color: colour(5 * index), pattern: hatch(index), line: { color: INK, width: 0.5 } },
    customdata: chosen.map((row) => [label(row.input), row[end] - row.at_median]), hovertemplate: `%{customdata[0]}: %{customdata[1]:+,.4r} ${unit}` }));
  return { traces, layout: { height: 130 + 32 * chosen.length, barmode: "overlay",
    xaxis: isDate ? { ...DATES, title: label(chosen[0].outcome) } : { title: `${label(chosen[0].outcome)} [${unit}]` },
    yaxis: inputAxis(chosen) } };
};

draw.gains = function (rows, choice) {
  const chosen = rows.filter((row) => row.scenario === choice.scenario);
  if (!chosen.length) return null;
  const levers = distinct(column(chosen, "lever")), targets = distinct(column(chosen, "target"));
  const points = (own, name) => own.map((row) => (row[name] === null ? null : 100 * row[name]));
  const traces = targets.map((target, index) => {
    const own = chosen.filter((row) => row.target === target);
    const [size, low, high] = ["difference", "low", "high"].map((name) => points(own, name));
    return { type: "bar", orientation: "h", x: size, y: own.map((row) => levers.indexOf(row.lever)),
      name: label(nameOf("target", target)), marker: { color: colour(index), pattern: hatch(index) },
      error_x: { type: "data", symmetric: false, color: INK, thickness: 1.2, width: 4, array: high.map((end, i) => end - size[i]), arrayminus: low.map((end, i) => size[i] - end) },
      hovertemplate: "%{x:+.1f}" };
  });
  return { traces, layout: { height: 150 + levers.length * Math.max(44, 24 * targets.length), barmode: "group",
    xaxis: { title: _("change of the probability [percentage points]") },
    yaxis: { autorange: "reversed", tickvals: levers.map((lever, i) => i), ticktext: levers.map((lever) => folded(lever)), automargin: true, zeroline: false } } };
};

draw.lateness = function (rows, choice) {
  const late = matching(rows, choice).filter((row) => row.mean > 0);
  if (!late.length) return null;
  const targets = distinct(column(late, "target"));
  const traces = distinct(column(late, "cause")).map((cause) => {
    const own = late.filter((row) => row.cause === cause);
    return { type: "bar", orientation: "h", name: nameOf("cause", cause), showlegend: true, width: 0.6,
      x: column(own, "mean"), y: own.map((row) => targets.indexOf(row.target)),
      marker: { color: CAUSE_COLOURS[cause], line: { color: "#ffffff", width: 1 },
        pattern: { shape: cause === "work" ? "" : "/", fillmode: "overlay", fgcolor: "#ffffff", size: 6, solidity: 0.25 } },
      customdata: own.map((row) => [label(nameOf("target", row.target)), row.share]),
      hovertemplate: "%{customdata[0]}: %{x:,.4r} (%{customdata[1]:.0%})" };
  });
  return { traces, layout: { barmode: "stack", height: 170 + 62 * targets.length,
    xaxis: { title: `${_("mean lateness")} [${unitLabel(late[0].unit)}]`, rangemode: "tozero" },
    yaxis: { autorange: "reversed", tickvals: targets.map((target, i) => i), ticktext: targets.map((target) => folded(nameOf("target", target))), automargin: true, zeroline: false } } };
};

// Breaks a long label over lines, between words or, in Chinese, between characters.
function folded(text, length = 34) {
  const parts = /\s/.test(text) ? text.split(/(?<=\s)/) : text.match(/.{1,8}/gu) || [];
  const lines = [""];
  for (const part of parts) {
    const wide = /[^\x00-\xff]/.test(part) ? 2 : 1;
    if (lines[lines.length - 1].length + part.length * wide > length && lines[lines.length - 1]) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines.map(label).join("<br>");
}
