"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const SVG = "http://www.w3.org/2000/svg";
const methods = [
  { id: "bc", title: "BC", color: "--bc" },
  { id: "bc+kalm", title: "BC + KALM", color: "--bc-kalm" },
  { id: "cql", title: "CQL", color: "--cql" },
  { id: "cql+kalm", title: "CQL + KALM", color: "--cql-kalm" },
  { id: "llm", title: "LLM as policy", color: "--llm" },
];
const levelTitles = { offline: "seen goals", rephrase: "rephrased", easy: "new, easy", hard: "new, hard" };
const levelColors = { offline: "#7d8794", rephrase: "#1f8fd6", easy: "#25a36a", hard: "#d2552d" };
const ballColors = ["#e0392f", "#2b62d9", "#2f9e4f", "#8b45c9", "#17b3c1"];
const ballNames = ["red", "blue", "green", "purple", "cyan"];
const pushes = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
  [0.8, 0.8],
  [-0.8, 0.8],
  [0.8, -0.8],
  [-0.8, -0.8],
];
const arrows = ["→", "↑", "←", "↓", "↗", "↖", "↘", "↙"];

// elements

function node(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [k, v] of Object.entries(attributes || {})) k === "class" ? (e.className = v) : e.setAttribute(k, v);
  e.append(...children.flat().filter((c) => c !== null && c !== undefined));
  return e;
}
function svg(name, attributes, ...children) {
  const e = document.createElementNS(SVG, name);
  for (const [k, v] of Object.entries(attributes || {})) e.setAttribute(k, v);
  e.append(...children.flat());
  return e;
}
const byId = (id) => document.getElementById(id);
const percent = (x) => (100 * x).toFixed(1);
const unique = (list) => [...new Set(list)];
function duration(s) {
  if (s < 100) return s.toFixed(s < 10 ? 1 : 0) + " s";
  const m = Math.floor(s / 60);
  return m < 90
    ? `${m} min ${String(Math.round(s % 60)).padStart(2, "0")} s`
    : `${Math.floor(m / 60)} h ${m % 60} min`;
}
function short(x) {
  if (x === 0) return "0";
  const a = Math.abs(x);
  if (a >= 1e6) return (x / 1e6).toPrecision(3).replace(/\.?0+$/, "") + "M";
  if (a >= 1e4) return (x / 1e3).toPrecision(3).replace(/\.?0+$/, "") + "k";
  return a < 1e-3 ? x.toExponential(1) : String(+x.toPrecision(3));
}
function dropIfEmpty(section, list) {
  if (list.length === 0) byId(section).remove();
  return list.length === 0;
}

// head

function head() {
  const run = data.run;
  document.title = "Kalm · " + run.name;
  byId("title").textContent = data.title;
  byId("lead").textContent = data.lead;
  const facts = [
    ["preset", run.preset],
    ["seed", run.seed],
    ["compute", duration(run.seconds)],
    ["begun", run.created],
    ["machine", run.machine],
    ["kalm", run.kalm],
  ];
  byId("facts").append(
    ...facts
      .filter((f) => f[1] !== "")
      .map(([k, v]) => node("span", { class: "fact" }, node("b", {}, k), String(v))),
  );
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  byId("theme").onclick = () => {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  };
}

// level chart

const figure = (list, level, method) => list.find((f) => f.level === level && f.method === method);

function levelChart() {
  if (dropIfEmpty("success", data.levels)) return;
  const levels = Object.keys(levelTitles).filter((l) => data.levels.some((f) => f.level === l));
  const used = methods.filter((m) => data.levels.some((f) => f.method === m.id));
  const W = 1100,
    H = 380,
    left = 46,
    right = 8,
    top = 18,
    bottom = 46;
  const values = [...data.levels.map((f) => f.success + f.std), ...data.paper.map((f) => f.success)];
  const max = Math.min(1, Math.ceil(Math.max(0.1, ...values) * 10 + 0.2) / 10);
  const y = (v) => top + (H - top - bottom) * (1 - Math.min(v, max) / max);
  const root = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": "success per level and method" });
  for (let v = 0; v <= max + 1e-9; v += max > 0.5 ? 0.2 : 0.1) {
    root.append(
      svg("line", { x1: left, x2: W - right, y1: y(v), y2: y(v), stroke: "var(--grid)" }),
      svg("text", { x: left - 8, y: y(v) + 4, "text-anchor": "end" }, Math.round(100 * v) + " %"),
    );
  }
  const group = (W - left - right) / levels.length,
    width = Math.min(44, (group * 0.82) / used.length);
  levels.forEach((level, g) => {
    const begin = left + group * g + (group - width * used.length) / 2;
    used.forEach((m, k) => bar(root, level, m, begin + width * k, width, y));
    root.append(
      svg(
        "text",
        {
          x: left + group * (g + 0.5),
          y: H - 18,
          "text-anchor": "middle",
          style: "font-size:15px;fill:var(--ink);font-weight:600",
        },
        levelTitles[level],
      ),
      svg("text", { x: left + group * (g + 0.5), y: H - 2, "text-anchor": "middle" }, level),
    );
  });
  root.append(svg("line", { x1: left, x2: W - right, y1: y(0), y2: y(0), stroke: "var(--rim)" }));
  byId("level-chart").append(root);
  byId("level-legend").append(
    ...used.map((m) => node("span", {}, node("i", { style: `background:var(${m.color})` }), m.title)),
    node("span", {}, node("i", { class: "diamond" }), "paper (Llama-2-7B, 100,000 rollouts)"),
  );
  byId("success-note").textContent = data.success_note;
  levelTable(levels, used);
}

function bar(root, level, method, x, width, y) {
  const f = figure(data.levels, level, method.id),
    p = figure(data.paper, level, method.id),
    mid = x + width / 2;
  if (f) {
    const tip =
      `${method.title}, ${levelTitles[level]}: ${percent(f.success)} % ` +
      `± ${percent(f.std)} (${f.seeds} seeds, ${f.episodes} episodes)`;
    root.append(
      svg(
        "rect",
        {
          x: x + 2,
          width: width - 4,
          y: y(f.success),
          height: Math.max(1, y(0) - y(f.success)),
          rx: 3,
          fill: `var(${method.color})`,
        },
        svg("title", {}, tip),
      ),
    );
    if (f.std > 0) {
      const a = y(Math.max(0, f.success - f.std)),
        b = y(f.success + f.std);
      root.append(
        svg("path", {
          d: `M${mid} ${a}V${b}M${mid - 5} ${a}h10M${mid - 5} ${b}h10`,
          stroke: "var(--ink)",
          "stroke-width": 1.4,
          opacity: 0.75,
        }),
      );
    }
    let label = y(f.success + f.std) - 6;
    if (p && y(p.success) < label + 7 && y(p.success) > label - 17) label = y(p.success) - 10;
    root.append(
      svg(
        "text",
        { x: mid, y: label, "text-anchor": "middle", style: "fill:var(--ink);font-weight:600" },
        Math.round(100 * f.success),
      ),
    );
  }
  if (p) {
    root.append(
      svg(
        "path",
        {
          d: `M${mid - 6} ${y(p.success)}l6 -6l6 6l-6 6z`,
          fill: "var(--card)",
          stroke: "var(--paper)",
          "stroke-width": 1.8,
        },
        svg("title", {}, `paper, ${method.title}, ${levelTitles[level]}: ${percent(p.success)} %`),
      ),
    );
  }
}

function levelTable(levels, used) {
  const best = Object.fromEntries(
    levels.map((l) => [l, Math.max(...used.map((m) => figure(data.levels, l, m.id)?.success ?? -1))]),
  );
  const cell = (level, method) => {
    const f = figure(data.levels, level, method.id),
      p = figure(data.paper, level, method.id);
    if (!f) return node("td", {}, "–");
    const text = `${percent(f.success)} ± ${percent(f.std)}`;
    return node(
      "td",
      {},
      f.success === best[level] ? node("b", {}, text) : text,
      node("small", {}, p ? `paper ${percent(p.success)}` : ""),
    );
  };
  const f = data.levels[0];
  byId("level-table").append(
    node(
      "table",
      {},
      node(
        "thead",
        {},
        node(
          "tr",
          {},
          node("th", {}, "success, %"),
          levels.map((l) => node("th", {}, levelTitles[l])),
        ),
      ),
      node(
        "tbody",
        {},
        used.map((m) =>
          node(
            "tr",
            {},
            node("td", {}, m.title),
            levels.map((l) => cell(l, m)),
          ),
        ),
      ),
    ),
    node(
      "p",
      { class: "note", style: "margin:10px 0 0;font-size:13px" },
      `Mean ± standard deviation over ${f.seeds} seeds.`,
    ),
  );
}

// curves

const titles = {
  rate: "learning rate",
  state_error: "state error, m²",
  state_loss: "state loss",
  td_loss: "TD loss",
  nll_loss: "negative log likelihood",
};

function curveCharts() {
  if (dropIfEmpty("training", data.curves)) return;
  const groups = new Map();
  for (const curve of data.curves) {
    const parts = curve.scope.split("/"),
      policy = parts[0] === "train" && parts.length === 3;
    const name = curve.name.replace(/^(val|validation)_/, "");
    const owner = policy ? parts[2].replace(/-\d+$/, "").toUpperCase() : curve.scope;
    const key = owner + "\n" + name;
    if (!groups.has(key)) groups.set(key, { owner, name: titles[name] || name.replaceAll("_", " "), series: [] });
    const held = curve.name !== name || (/_accuracy$|^state_error$/.test(name) && !policy);
    const label = policy ? levelTitles[parts[1]] || parts[1] : held ? "held out" : "training";
    const color = policy ? levelColors[parts[1]] || "#888" : held ? "var(--bc-kalm)" : "var(--accent)";
    groups.get(key).series.push({ ...curve, label, color });
  }
  for (const group of groups.values()) byId("curves").append(curveChart(group));
}

function ticks(low, high) {
  const raw = (high - low) / 5.5 || 1,
    unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((k) => k * unit).find((s) => s >= raw);
  const list = [];
  for (let v = Math.ceil(low / step) * step; v <= high + 1e-9 * step; v += step) list.push(v);
  return list;
}

function curveChart(group) {
  const W = 360,
    H = 190,
    left = 44,
    right = 8,
    top = 8,
    bottom = 22;
  const points = group.series.flatMap((s) => s.values.filter((v) => v !== null));
  const steps = group.series.flatMap((s) => s.steps),
    last = Math.max(1, ...steps),
    first = Math.min(...steps);
  const positive = points.length > 0 && Math.min(...points) > 0;
  const log = positive && Math.max(...points) > 30 * Math.min(...points);
  const f = log ? Math.log10 : (v) => v,
    sorted = points.map(f).sort((a, b) => a - b);
  let low = sorted[0] ?? 0,
    high = sorted.at(-1) ?? 1;
  if (!log && low > 0 && low < 0.5 * high) low = 0;
  if (high === low) high = low + 1;
  const x = (s) => left + ((W - left - right) * (s - first)) / (last - first || 1);
  const y = (v) => top + (H - top - bottom) * (1 - (f(v) - low) / (high - low));
  const root = svg("svg", { viewBox: `0 0 ${W} ${H}` });
  for (const t of log ? ticks(low, high).filter((t) => Number.isInteger(t)) : ticks(low, high)) {
    const v = log ? 10 ** t : t;
    root.append(
      svg("line", { x1: left, x2: W - right, y1: y(v), y2: y(v), stroke: "var(--grid)" }),
      svg("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end", style: "font-size:11px" }, short(v)),
    );
  }
  for (const t of ticks(first, last))
    root.append(svg("text", { x: x(t), y: H - 6, "text-anchor": "middle", style: "font-size:11px" }, short(t)));
  for (const s of group.series)
    root.append(
      svg("path", {
        d: path(s, x, y),
        fill: "none",
        stroke: s.color,
        "stroke-width": 1.6,
        "stroke-linejoin": "round",
      }),
    );
  for (const s of group.series) {
    if (s.values.length < 3)
      s.values.forEach(
        (v, i) => v !== null && root.append(svg("circle", { cx: x(s.steps[i]), cy: y(v), r: 2.5, fill: s.color })),
      );
  }
  const readout = node("div", { class: "readout" });
  hover(root, group, { x, first, last, left, right, top, bottom, W, H }, readout);
  const order = ["training", "held out", ...Object.values(levelTitles)];
  const labels = unique(group.series.map((s) => s.label + "|" + s.color))
    .map((l) => l.split("|"))
    .sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  return node(
    "div",
    { class: "card chart" },
    node("h3", {}, group.name, node("small", {}, group.owner + (log ? " · log scale" : ""))),
    root,
    node(
      "div",
      { class: "legend" },
      labels.map(([l, c]) => node("span", {}, node("i", { class: "line", style: `background:${c}` }), l)),
    ),
    readout,
  );
}

function path(series, x, y) {
  let d = "",
    pen = "M";
  series.values.forEach((v, i) => {
    if (v === null) {
      pen = "M";
      return;
    }
    d += `${pen}${x(series.steps[i]).toFixed(1)} ${y(v).toFixed(1)}`;
    pen = "L";
  });
  return d;
}

function hover(root, group, box, readout) {
  const line = svg("line", { y1: box.top, y2: box.H - box.bottom, stroke: "var(--soft)", visibility: "hidden" });
  root.append(line);
  root.onpointerleave = () => {
    line.setAttribute("visibility", "hidden");
    readout.textContent = "";
  };
  root.onpointermove = (e) => {
    const r = root.getBoundingClientRect(),
      px = ((e.clientX - r.left) / r.width) * box.W;
    const at = box.first + ((px - box.left) / (box.W - box.left - box.right)) * (box.last - box.first);
    if (px < box.left || px > box.W - box.right) return;
    line.setAttribute("x1", px);
    line.setAttribute("x2", px);
    line.setAttribute("visibility", "visible");
    const sums = new Map();
    for (const s of group.series) {
      const i = s.steps.reduce((b, step, k) => (Math.abs(step - at) < Math.abs(s.steps[b] - at) ? k : b), 0);
      if (s.values[i] !== null) sums.set(s.label, [...(sums.get(s.label) || []), s.values[i]]);
    }
    readout.textContent =
      `step ${short(Math.round(at))}: ` +
      [...sums].map(([l, v]) => `${l} ${short(v.reduce((a, b) => a + b) / v.length)}`).join(", ");
  };
}
