// rollout players: one card per kind of rollout

const kinds = [
  ["real", "Real rollouts"],
  ["imagined", "Imagined rollouts"],
  ["policy", "Policies at work"],
];
const table = data.table;
const pushing = { view: () => new Board(), speed: 2.2, says: (r, step) => describe(r.actions[step]) };

function players() {
  if (dropIfEmpty("players", data.rollouts)) return;
  for (const [kind, title] of kinds) {
    const list = data.rollouts.filter((r) => r.kind === kind);
    if (list.length > 0) byId("boards").append(player(kind, title, list, pushing));
  }
}

// a player: list of rollouts, controls, and what style.view() draws; style.speed is in steps per second
function player(kind, title, list, style) {
  const badge = node("span", { class: "badge" }),
    goal = node("p", { class: "goal" }),
    says = node("p", { class: "says" });
  const select = node(
    "select",
    { "aria-label": "rollout" },
    list.map((r, i) => node("option", { value: i }, label(r))),
  );
  const scrub = node("input", { type: "range", min: 0, step: 0.01, value: 0, "aria-label": "position" });
  const count = node("span", { class: "count" });
  const play = node("button", { class: "play", "aria-label": "play", "data-kind": kind });
  const board = style.view();
  let rollout = list[0],
    at = 0,
    playing = false,
    before = 0;

  const icon = () => {
    play.replaceChildren(
      svg(
        "svg",
        { viewBox: "0 0 16 16" },
        svg("path", { d: playing ? "M3 2h4v12H3zM9 2h4v12H9z" : "M4 2l10 6l-10 6z" }),
      ),
    );
    play.setAttribute("aria-label", playing ? "pause" : "play");
  };
  const show = () => {
    scrub.value = at;
    const step = Math.min(Math.floor(at), rollout.length - 1);
    count.textContent = `${Math.min(Math.floor(at) + 1, rollout.length)} / ${rollout.length}`;
    play.dataset.step = at.toFixed(2);
    says.textContent = at >= rollout.length ? "the end" : style.says(rollout, step);
    board.show(rollout, at);
  };
  const load = () => {
    rollout = list[select.value];
    at = 0;
    scrub.max = rollout.length;
    goal.textContent = rollout.goal;
    badge.textContent = rollout.success ? "goal reached" : "not reached";
    badge.className = "badge " + (rollout.success ? "yes" : "no");
    board.load(rollout);
    show();
  };
  const tick = (now) => {
    if (!playing) return;
    at = Math.min(rollout.length, at + Math.min(0.1, (now - before) / 1000) * style.speed);
    before = now;
    if (at >= rollout.length) {
      playing = false;
      icon();
    }
    show();
    requestAnimationFrame(tick);
  };
  play.onclick = () => {
    playing = !playing;
    if (playing && at >= rollout.length) at = 0;
    before = performance.now();
    icon();
    requestAnimationFrame(tick);
  };
  scrub.oninput = () => {
    playing = false;
    icon();
    at = +scrub.value;
    show();
  };
  select.onchange = () => {
    playing = false;
    icon();
    load();
  };
  icon();
  load();
  return node(
    "div",
    { class: "card player" },
    node("h3", {}, title, badge),
    select,
    goal,
    board.root,
    node("div", { class: "controls" }, play, scrub, count),
    says,
  );
}

function label(r) {
  const method = methods.find((m) => m.id === r.method);
  return [levelTitles[r.level] || r.level, method ? method.title : "", r.goal].filter((t) => t !== "").join(" · ");
}

const describe = (action) => `push ${ballNames[action >> 3]} ${arrows[action & 7]}`;

class Board {
  constructor() {
    const [x0, y0, x1, y1] = table.walls,
      m = 0.14;
    this.root = svg("svg", {
      viewBox: `${x0 - m} ${-y1 - m} ${x1 - x0 + 2 * m} ${y1 - y0 + 2 * m}`,
      class: "board",
    });
    this.root.append(
      svg(
        "defs",
        {},
        ballColors.map((c, i) =>
          svg(
            "radialGradient",
            { id: "ball" + i, cx: ".36", cy: ".3", r: ".75" },
            svg("stop", { offset: "0", "stop-color": "#fff", "stop-opacity": 0.85 }),
            svg("stop", { offset: ".28", "stop-color": c }),
            svg("stop", { offset: "1", "stop-color": c, "stop-opacity": 1 }),
          ),
        ),
        svg(
          "radialGradient",
          { id: "dusk" },
          svg("stop", { offset: ".55", "stop-color": "#000", "stop-opacity": 0.28 }),
          svg("stop", { offset: "1", "stop-color": "#000", "stop-opacity": 0 }),
        ),
      ),
    );
    this.root.append(
      svg("rect", { x: x0 - m, y: -y1 - m, width: x1 - x0 + 2 * m, height: y1 - y0 + 2 * m, class: "edge" }),
      svg("rect", { x: x0, y: -y1, width: x1 - x0, height: y1 - y0, rx: 0.01, class: "felt" }),
      svg("rect", { x: x0, y: -y1, width: x1 - x0, height: y1 - y0, rx: 0.01, class: "wall" }),
    );
    this.trails = ballColors.map((c) => svg("path", { class: "trail", stroke: c }));
    this.shadows = ballColors.map(() => svg("circle", { r: table.ball * 1.16, fill: "url(#dusk)" }));
    this.balls = ballColors.map((c, i) =>
      svg(
        "g",
        {},
        svg("circle", { r: table.ball, fill: c }),
        svg("circle", { r: table.ball, fill: `url(#ball${i})` }),
      ),
    );
    this.marks = svg("g", {});
    this.arrow = svg("path", { class: "arrow" });
    this.puck = svg("circle", { class: "puck", r: table.pusher });
    this.root.append(...this.trails, ...this.shadows, this.marks, this.puck, ...this.balls, this.arrow);
  }

  load(rollout) {
    this.marks.replaceChildren(...marksOf(rollout.code));
  }

  show(rollout, at) {
    const step = Math.min(Math.floor(at), rollout.length - 1),
      part = at - step,
      done = at >= rollout.length;
    const ease = 1 - (1 - part) ** 2.4;
    const place = (t, b) => [rollout.states[t * 10 + 2 * b] / 1000, -rollout.states[t * 10 + 2 * b + 1] / 1000];
    this.balls.forEach((ball, b) => {
      const p = place(step, b),
        q = place(step + 1, b),
        x = p[0] + (q[0] - p[0]) * ease,
        y = p[1] + (q[1] - p[1]) * ease;
      ball.setAttribute("transform", `translate(${x} ${y})`);
      this.shadows[b].setAttribute("transform", `translate(${x + 0.016} ${y + 0.022})`);
      for (const mark of this.marks.children)
        if (+mark.dataset.ball === b) mark.setAttribute("transform", `translate(${x} ${y})`);
      let d = "";
      for (let t = 0; t <= step; t++) d += (t ? "L" : "M") + place(t, b).join(" ");
      this.trails[b].setAttribute("d", d + `L${x} ${y}`);
    });
    const action = rollout.actions[step],
      [dx, dy] = pushes[action & 7],
      [bx, by] = place(step, action >> 3);
    const reach = -0.15 + 0.2 * ease;
    this.puck.setAttribute("transform", `translate(${bx + dx * reach} ${by - dy * reach})`);
    this.puck.style.opacity = done ? 0 : 1 - part * 0.8;
    const n = Math.hypot(dx, dy),
      ux = dx / n,
      uy = -dy / n,
      r = table.ball;
    const tip = [bx + ux * (r + 0.12), by + uy * (r + 0.12)],
      tail = [bx + ux * (r + 0.02), by + uy * (r + 0.02)];
    this.arrow.setAttribute(
      "d",
      `M${tail}L${tip}` +
        `M${tip[0] - ux * 0.045 - uy * 0.035} ${tip[1] - uy * 0.045 + ux * 0.035}L${tip}` +
        `L${tip[0] - ux * 0.045 + uy * 0.035} ${tip[1] - uy * 0.045 - ux * 0.035}`,
    );
    this.arrow.style.opacity = done ? 0 : Math.max(0, 1 - 1.4 * part);
  }
}

// where a goal's balls must come to lie; directions: behind, left, front, right
function marksOf(code) {
  const kind = code[0],
    middle = [90, 180, 270, 0];
  if (kind === 5) return [svg("circle", { class: "wedge", r: table.gather, "data-ball": 2 })];
  const relations = kind === 0 || kind === 1 ? 1 : kind === 2 ? 2 : kind === 3 ? 3 : 0;
  return [...Array(relations).keys()].map((k) => {
    const [source, destination, direction] = code.slice(1 + 3 * k, 4 + 3 * k);
    const r = kind === 1 ? table.ball * 2 : table.reach,
      a = ((middle[direction] - 45) * Math.PI) / 180,
      b = a + Math.PI / 2;
    const p = (t) => `${r * Math.cos(t)} ${-r * Math.sin(t)}`;
    return svg("path", {
      class: "wedge",
      d: `M0 0L${p(a)}A${r} ${r} 0 0 0 ${p(b)}Z`,
      "data-ball": kind === 1 ? source : destination,
    });
  });
}

// hallucination, stages, options

function imagination() {
  if (dropIfEmpty("imagination", data.hallucination.rows)) return;
  byId("imagination-note").textContent = data.hallucination_note;
  byId("hallucination").append(plainTable(data.hallucination));
}

function collection() {
  if (dropIfEmpty("collection", data.collected.rows)) return;
  byId("collected").append(plainTable(data.collected));
}

function plainTable(table) {
  const row = (kind, cells) =>
    node(
      "tr",
      {},
      cells.map((c) => node(kind, {}, c)),
    );
  return node(
    "table",
    {},
    node("thead", {}, row("th", table.columns)),
    node(
      "tbody",
      {},
      table.rows.map((r) => row("td", r)),
    ),
  );
}

function setup() {
  const colors = ["#5b8def", "#25a36a", "#9573c7", "#e07f14", "#d2552d", "#7d8794", "#17b3c1"];
  const total = data.stages.reduce((sum, s) => sum + s.seconds, 0);
  if (total > 0) {
    byId("stages").append(
      node(
        "div",
        { class: "stagebar" },
        data.stages.map((s, i) => node("i", { style: `background:${colors[i % 7]};flex:${s.seconds / total}` })),
      ),
      node(
        "div",
        { class: "legend" },
        data.stages.map((s, i) =>
          node("span", {}, node("i", { style: `background:${colors[i % 7]}` }), `${s.name} ${duration(s.seconds)}`),
        ),
      ),
    );
  } else byId("stages").remove();
  byId("options").append(
    ...data.options.map((o) =>
      node(
        "div",
        { class: "card" },
        node("h3", {}, o.name),
        node(
          "table",
          {},
          node(
            "tbody",
            {},
            o.values.map(([k, v]) => node("tr", {}, node("td", {}, k), node("td", {}, v))),
          ),
        ),
      ),
    ),
  );
}

function page() {
  head();
  levelChart();
  players();
  scenes();
  collection();
  curveCharts();
  imagination();
  setup();
}
