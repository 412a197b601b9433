/**
 * Operations 1 to 5 through the npm client: workspaces.
 *
 * Run with `npm ci --ignore-scripts && npm test`, after `cargo build -p sandbox`.
 */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { checkErrors } from "./support/errors.js";
import { rowsOf, useSandbox } from "./support/sandbox.js";

const sandbox = useSandbox();
beforeEach(() => sandbox.reset({ seed: "demo" }));

test("a workspace can be created, read by UUID and slug, changed and deleted", async () => {
  const { workspaces } = sandbox.api;
  const { data: made } = await workspaces.create({
    createWorkspaceRequest: {
      name: "Contract",
      slug: "contract",
      description: "Made by the official client",
      defaultTextModel: "openai/gpt-5",
      defaultImageModel: "openai/gpt-5-image",
      defaultProviderSort: "price",
      isObservabilityIoLoggingEnabled: true,
      isObservabilityBroadcastEnabled: true,
      isDataDiscountLoggingEnabled: true,
      ioLoggingSamplingRate: 0.25,
      ioLoggingApiKeyIds: [1, 2],
      disabledServerTools: ["openrouter:web_search"],
    },
  });
  assert.equal(made.slug, "contract");
  assert.equal(made.updatedAt, null);
  assert.deepEqual(made.ioLoggingApiKeyIds, [1, 2]);
  assert.deepEqual((await workspaces.get({ id: made.id })).data, made);
  assert.deepEqual((await workspaces.get({ id: "contract" })).data, made);

  const { data: changed } = await workspaces.update({
    id: "contract",
    updateWorkspaceRequest: { slug: "renamed", description: null, disabledServerTools: [] },
  });
  assert.equal(changed.slug, "renamed");
  assert.equal(changed.description, null);
  assert.equal(changed.disabledServerTools, null);
  assert.equal(changed.defaultTextModel, "openai/gpt-5");
  assert.ok(changed.updatedAt > changed.createdAt);

  assert.deepEqual(await workspaces.delete({ id: "renamed" }), { deleted: true });
  await assert.rejects(workspaces.get({ id: made.id }), { name: "NotFoundResponseError" });
});

test("the list continues across its pages", async () => {
  await sandbox.reset({ seed: "scale", workspaces: 253, people: 10, members: 10 });
  for (const limit of [undefined, 100, 7]) {
    const rows = await rowsOf(sandbox.api.workspaces.list(limit && { limit }));
    assert.equal(new Set(rows.map((row) => row.id)).size, 253);
    assert.equal(rows.length, 253);
  }
  const first = await sandbox.api.workspaces.list({ limit: 5, offset: 250 });
  assert.equal(first.result.totalCount, 253);
  assert.equal(first.result.data.length, 3);
});

test("invalid requests are bad requests", async () => {
  const { workspaces } = sandbox.api;
  const taken = { createWorkspaceRequest: { name: "X", slug: "production" } };
  await assert.rejects(workspaces.create(taken), { name: "BadRequestResponseError", message: /slug "production"/ });
  for (const [fields, message] of [
    [{ name: "" }, /^name must be/],
    [{ slug: "Not A Slug" }, /^slug must be/],
    [{ ioLoggingSamplingRate: 2 }, /^io_logging_sampling_rate must be/],
    [{ slug: "default" }, /slug "default"/],
  ]) {
    const change = workspaces.update({ id: "interns", updateWorkspaceRequest: fields });
    await assert.rejects(change, { name: "BadRequestResponseError", message });
  }
  await assert.rejects(workspaces.delete({ id: "production" }), {
    name: "BadRequestResponseError",
    message: /5 active API keys/,
  });
});

test("the default workspace is not deleted without a confirmation", async () => {
  await assert.rejects(sandbox.api.workspaces.delete({ id: "default" }), { name: "ForbiddenResponseError" });
});

/** The calls for workspaces, with their documented errors. */
const calls = [
  { method: "GET", path: "/workspaces", run: (api) => api.workspaces.list(), errors: [401, 500] },
  {
    method: "POST",
    path: "/workspaces",
    run: (api) => api.workspaces.create({ createWorkspaceRequest: { name: "X", slug: "x" } }),
    errors: [401, 403, 500],
  },
  {
    method: "GET",
    path: "/workspaces/nope",
    run: (api) => api.workspaces.get({ id: "nope" }),
    errors: [401, 404, 500],
  },
  {
    method: "PATCH",
    path: "/workspaces/nope",
    run: (api) => api.workspaces.update({ id: "nope", updateWorkspaceRequest: { name: "X" } }),
    errors: [401, 403, 404, 500],
  },
  {
    method: "DELETE",
    path: "/workspaces/nope",
    run: (api) => api.workspaces.delete({ id: "nope" }),
    errors: [401, 403, 404, 500],
  },
];

for (const call of calls) {
  test(`${call.method} ${call.path} fails with the typed errors`, () => checkErrors(sandbox, call));
}
