// MuJoCo in WebAssembly: loads a model, sets states, computes and steps, and writes fields as JSON.
// node mujoco.mjs <folder of node_modules> <request.json> <answer.json>
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, requestFile, answerFile] = process.argv.slice(2);
const entry = path.join(modules, "node_modules", "mujoco-js", "dist", "mujoco_wasm.js");
const load = (await import(pathToFileURL(entry).href)).default;
const mujoco = await load();
const request = JSON.parse(fs.readFileSync(requestFile, "utf8"));

// what only a viewer needs may be missing
function plain(xml) {
  return xml.replace(/<texture\b[^>]*\/>/g, "").replace(/\stexture\s*=\s*("[^"]*"|'[^']*')/g, "");
}

function copyFolder(from, to) {
  mujoco.FS.mkdir(to);
  for (const item of fs.readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, item.name);
    const target = `${to}/${item.name}`;
    if (item.isDirectory()) copyFolder(source, target);
    else if (item.name.endsWith(".xml")) mujoco.FS.writeFile(target, plain(fs.readFileSync(source, "utf8")));
    else if (item.name.endsWith(".stl")) mujoco.FS.writeFile(target, fs.readFileSync(source));
  }
}

function loadModel() {
  if (request.folder) copyFolder(request.folder, "/model");
  else mujoco.FS.mkdir("/model");
  const file = `/model/${request.file}`;
  if (request.xml) mujoco.FS.writeFile(file, plain(request.xml));
  return mujoco.MjModel.loadFromXML(file);
}

function set(object, values) {
  for (const [field, numbers] of Object.entries(values ?? {})) object[field].set(numbers);
}

function fullInertia() {
  const nv = model.nv;
  const full = new Array(nv * nv).fill(0);
  for (let i = 0; i < nv; i++) {
    let address = model.dof_Madr[i];
    for (let j = i; j >= 0; j = model.dof_parentid[j]) full[i * nv + j] = full[j * nv + i] = data.qM[address++];
  }
  return full;
}

function tell(value) {
  return typeof value === "number" ? [value] : Array.from(value, Number);
}

function read(field) {
  return field === "M" ? fullInertia() : tell(data[field]);
}

function contacts() {
  const found = [];
  const list = data.contact;
  for (let i = 0; i < data.ncon; i++) {
    const contact = list.get(i);
    found.push({
      geom1: contact.geom1, geom2: contact.geom2, dist: contact.dist, dim: contact.dim,
      pos: Array.from(contact.pos), frame: Array.from(contact.frame), exclude: contact.exclude,
    });
    contact.delete();
  }
  list.delete();
  return found;
}

const model = loadModel();
const data = new mujoco.MjData(model);
set(model, request.model);
const answer = { model: {}, states: [] };
for (const field of request.model_fields ?? []) answer.model[field] = tell(model[field]);
for (const state of request.states ?? []) {
  mujoco.mj_resetData(model, data);
  set(data, state);
  mujoco.mj_forward(model, data);
  const result = { fields: {}, after: {} };
  for (const field of request.fields ?? []) result.fields[field] = read(field);
  if (request.contacts) result.contacts = contacts();
  if (request.steps > 0) {
    mujoco.mj_resetData(model, data);
    set(data, state);
    for (let i = 0; i < request.steps; i++) mujoco.mj_step(model, data);
    for (const field of request.after ?? []) result.after[field] = read(field);
  }
  answer.states.push(result);
}

fs.writeFileSync(answerFile, JSON.stringify(answer));
