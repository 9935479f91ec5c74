// players of simulated scenes in three dimensions (three.js), MuJoCo's conventions: z up, quaternions w x y z

const armPlay = { view: () => new Stage(), speed: 40, says: (r, step) => `${((step + 1) * 0.0125).toFixed(2)} s` };
const metre = 1e-4;
const eye = [1.4, 0.05, 0.88],
  look = [-0.02, 0.5, 0.18];
let painter = null;

function scenes() {
  if (dropIfEmpty("arms", data.scenes)) return;
  const problem = trouble();
  if (problem) {
    byId("stages3d").replaceWith(node("p", { class: "note" }, problem));
    return;
  }
  for (const scene of data.scenes) {
    const list = data.episodes.filter((r) => r.scene === scene.name);
    if (list.length > 0) byId("stages3d").append(player("arm", scene.title, list, armPlay));
  }
}

// why scenes cannot be shown; browsers allow few WebGL contexts, so one paints all stages
function trouble() {
  if (typeof THREE === "undefined") return data.scene_note;
  try {
    painter = new THREE.WebGLRenderer({ antialias: true, alpha: true });
  } catch {
    return "This browser has no WebGL, so scenes cannot be shown.";
  }
  painter.shadowMap.enabled = true;
  painter.shadowMap.type = THREE.PCFSoftShadowMap;
  return "";
}

class Stage {
  constructor() {
    this.canvas = node("canvas", {});
    this.root = node("div", { class: "stage3d" }, this.canvas);
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(34, 4 / 3, 0.05, 20);
    this.camera.up.set(0, 0, 1);
    this.camera.position.set(...eye);
    this.orbit = new THREE.OrbitControls(this.camera, this.canvas);
    this.orbit.target.set(...look);
    this.orbit.addEventListener("change", () => this.draw());
    this.orbit.update();
    this.light();
    new ResizeObserver(() => this.resize()).observe(this.root);
  }

  light() {
    this.scene.add(new THREE.HemisphereLight(0xffffff, 0x8a8f98, 0.85));
    const sun = new THREE.DirectionalLight(0xffffff, 0.6);
    sun.position.set(0.9, -0.3, 2.2);
    sun.target.position.set(0, 0.5, 0);
    sun.castShadow = true;
    sun.shadow.mapSize.set(1024, 1024);
    Object.assign(sun.shadow.camera, { left: -1.1, right: 1.1, top: 1.1, bottom: -1.1, near: 0.5, far: 5 });
    sun.shadow.bias = -0.0008;
    this.scene.add(sun, sun.target);
  }

  resize() {
    const ratio = Math.min(2, window.devicePixelRatio),
      width = Math.round(ratio * this.root.clientWidth),
      height = Math.round(width * 0.75);
    if (width === 0) return;
    Object.assign(this.canvas, { width, height });
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  load(episode) {
    if (this.group) this.scene.remove(this.group);
    const scene = data.scenes.find((s) => s.name === episode.scene);
    this.group = new THREE.Group();
    this.bodies = episode.poses.length / 7;
    this.frames = [...Array(this.bodies)].map(() => new THREE.Group());
    this.group.add(...this.frames);
    this.frames.forEach((frame, body) => pose(frame, episode.poses, 7 * body));
    for (const geom of scene.geoms) this.frames[geom.body].add(solid(geom));
    if (episode.target.length === 3) {
      const goal = new THREE.Mesh(
        new THREE.SphereBufferGeometry(0.016, 20, 14),
        new THREE.MeshBasicMaterial({ color: 0x2fbf71, transparent: true, opacity: 0.75 }),
      );
      goal.position.set(...episode.target);
      this.group.add(goal);
    }
    this.scene.add(this.group);
  }

  show(episode, at) {
    const step = Math.min(Math.floor(at), episode.length),
      next = Math.min(step + 1, episode.length),
      part = at - step,
      count = episode.moving.length;
    episode.moving.forEach((body, k) => {
      const frame = this.frames[body],
        other = new THREE.Group();
      pose(frame, episode.frames, 7 * (step * count + k));
      pose(other, episode.frames, 7 * (next * count + k));
      frame.position.lerp(other.position, part);
      frame.quaternion.slerp(other.quaternion, part);
    });
    this.draw();
  }

  draw() {
    const { width, height } = this.canvas;
    const size = painter.getSize(new THREE.Vector2());
    if (size.x !== width || size.y !== height) painter.setSize(width, height, false);
    painter.render(this.scene, this.camera);
    const paper = this.canvas.getContext("2d");
    paper.clearRect(0, 0, width, height);
    paper.drawImage(painter.domElement, 0, 0);
  }
}

// ten-thousandths of a metre and of a quaternion
function pose(frame, numbers, at) {
  frame.position.set(numbers[at] * metre, numbers[at + 1] * metre, numbers[at + 2] * metre);
  frame.quaternion.set(numbers[at + 4], numbers[at + 5], numbers[at + 6], numbers[at + 3]).normalize();
}

function solid(geom) {
  const [r, g, b, a] = geom.color;
  const material = new THREE.MeshStandardMaterial({
    color: new THREE.Color(r, g, b),
    roughness: 0.72,
    metalness: 0.05,
    transparent: a < 1,
    opacity: a,
    flatShading: geom.type === "mesh",
  });
  const mesh = new THREE.Group();
  for (const part of shapes(geom)) {
    const piece = new THREE.Mesh(part, material);
    piece.castShadow = a === 1;
    piece.receiveShadow = true;
    mesh.add(piece);
  }
  mesh.position.set(...geom.pos);
  mesh.quaternion.set(geom.quat[1], geom.quat[2], geom.quat[3], geom.quat[0]);
  return mesh;
}

// buffer geometries of a geom in its own frame; three.js has cylinders along y, MuJoCo along z
function shapes(geom) {
  const [x, y, z] = geom.size;
  switch (geom.type) {
    case "box":
      return [new THREE.BoxBufferGeometry(2 * x, 2 * y, 2 * z)];
    case "sphere":
      return [new THREE.SphereBufferGeometry(x, 28, 20)];
    case "cylinder":
      return [new THREE.CylinderBufferGeometry(x, x, 2 * y, 36).rotateX(Math.PI / 2)];
    case "capsule":
      return [
        new THREE.CylinderBufferGeometry(x, x, 2 * y, 28, 1, true).rotateX(Math.PI / 2),
        new THREE.SphereBufferGeometry(x, 28, 16).translate(0, 0, y),
        new THREE.SphereBufferGeometry(x, 28, 16).translate(0, 0, -y),
      ];
    case "mesh": {
      const points = [];
      for (let i = 0; i < geom.points.length; i += 3)
        points.push(new THREE.Vector3(geom.points[i], geom.points[i + 1], geom.points[i + 2]));
      return [new THREE.ConvexBufferGeometry(points)];
    }
    default:
      return [];
  }
}

page();
