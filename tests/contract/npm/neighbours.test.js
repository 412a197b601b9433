/**
 * The calls that the console needs besides those for workspaces, through the npm client.
 *
 * Run with `npm ci --ignore-scripts && npm test`, after `cargo build -p sandbox`.
 */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { rowsOf, useSandbox } from "./support/sandbox.js";

const sandbox = useSandbox();
beforeEach(() => sandbox.reset({ seed: "demo" }));

test("the metadata of a key says whether it is a management key", async () => {
  const isManagementKey = async (api) => (await api.apiKeys.getCurrentKeyMetadata()).data.isManagementKey;
  assert.equal(await isManagementKey(sandbox.api), true);
  assert.equal(await isManagementKey(sandbox.plain), false);
  await assert.rejects(isManagementKey(sandbox.unknown), { name: "UnauthorizedResponseError" });
});

test("keys are listed, disabled and deleted", async () => {
  const { apiKeys } = sandbox.api;
  const { data: workspace } = await sandbox.api.workspaces.get({ id: "mobile-apps" });
  const list = async (includeDisabled) =>
    (await apiKeys.list({ workspaceId: workspace.id, includeDisabled })).data;
  const [first, second] = await list(false);
  assert.equal(first.workspaceId, workspace.id);
  assert.ok(first.usageDaily <= first.usageWeekly && first.usageMonthly <= first.usage);
  assert.equal((await list(true)).length, 3);
  const { data: disabled } = await apiKeys.update({ hash: first.hash, requestBody: { disabled: true } });
  assert.equal(disabled.disabled, true);
  assert.deepEqual(await apiKeys.delete({ hash: second.hash }), { deleted: true });
  assert.equal((await list(false)).length, 0);
  assert.equal((await list(true)).length, 2);
  assert.equal((await apiKeys.list({ workspaceId: workspace.id, includeDisabled: true, offset: 100 })).data.length, 0);
  await assert.rejects(apiKeys.delete({ hash: second.hash }), { name: "NotFoundResponseError" });
});

test("the people of the organization are listed across pages", async () => {
  const people = await rowsOf(sandbox.api.organization.listMembers());
  assert.equal(new Set(people.map((person) => person.id)).size, 240);
  assert.ok(people.some((person) => person.firstName === null));
  assert.deepEqual(new Set(people.map((person) => person.role)), new Set(["org:admin", "org:member"]));
});

test("activity is grouped by day, and by workspace on request", async () => {
  const { analytics } = sandbox.api;
  const { data: all } = await analytics.getUserActivity();
  const days = new Set(all.map((item) => item.date));
  assert.equal(days.size, 30);
  assert.equal(all[0].workspaceId, undefined);
  const { data: grouped } = await analytics.getUserActivity({ groupBy: "workspace", date: [...days][0] });
  assert.ok(grouped.every((item) => item.workspaceId && item.date === [...days][0]));
  const workspaceId = grouped[0].workspaceId;
  const { data: own } = await analytics.getUserActivity({ workspaceId });
  assert.ok(own.length > 0 && own.length < all.length);
});

test("models are filtered by output modality", async () => {
  const list = (outputModalities) => rowsOf(sandbox.api.models.list({ outputModalities, limit: 20 }));
  const outputs = (kind) => (model) => model.architecture.outputModalities.includes(kind);
  assert.ok((await list(undefined)).every(outputs("text")));
  assert.ok((await list("image")).every(outputs("image")));
  assert.ok((await list("all")).length >= 60);
});
