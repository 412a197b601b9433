/**
 * The calls that create and change keys, and those for spend, through the npm client.
 *
 * Run with `npm ci --ignore-scripts && npm test`, after `cargo build -p sandbox`.
 */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { useSandbox } from "./support/sandbox.js";

const sandbox = useSandbox();
beforeEach(() => sandbox.reset({ seed: "demo" }));

const idOf = async (slug) => (await sandbox.api.workspaces.get({ id: slug })).data.id;
/** The last 30 days. */
const lately = () => ({ start: new Date(Date.now() - 30 * 86_400_000), end: new Date() });

test("a key is created with every field, read, changed and deleted", async () => {
  const { apiKeys } = sandbox.api;
  const interns = await idOf("interns");
  const { data: people } = (await sandbox.api.organization.listMembers({ limit: 1 })).result;
  const expiresAt = new Date("2099-01-31T09:41:07Z");
  const requestBody = {
    name: "CI",
    workspaceId: interns,
    limit: 25.5,
    limitReset: "weekly",
    includeByokInLimit: true,
    expiresAt,
    creatorUserId: people[0].id,
  };
  const { data: made, key: secret } = await apiKeys.create({ requestBody });
  assert.match(secret, /^sk-or-v1-/);
  assert.deepEqual([made.name, made.workspaceId, made.limit, made.limitReset], ["CI", interns, 25.5, "weekly"]);
  assert.deepEqual(made.expiresAt, expiresAt);
  assert.deepEqual((await apiKeys.get({ hash: made.hash })).data, made);
  // This client cannot move a key to another workspace yet.
  const change = { name: "Changed", disabled: true, limit: null, limitReset: null };
  const { data: changed } = await apiKeys.update({ hash: made.hash, requestBody: change });
  assert.deepEqual([changed.name, changed.disabled, changed.limit, changed.limitReset], ["Changed", true, null, null]);
  await assert.rejects(apiKeys.update({ hash: made.hash, requestBody: {} }), { name: "BadRequestResponseError" });
  await apiKeys.delete({ hash: made.hash });
  await assert.rejects(apiKeys.get({ hash: made.hash }), { name: "NotFoundResponseError" });
});

test("activity is filtered by key and by person", async () => {
  const { analytics, apiKeys } = sandbox.api;
  const sum = async (filter) => (await analytics.getUserActivity(filter)).data.reduce((all, it) => all + it.usage, 0);
  const [key] = (await apiKeys.list({ workspaceId: await idOf("production") })).data;
  const ofKey = await sum({ apiKeyHash: key.hash });
  assert.ok(ofKey > 0 && ofKey < (await sum({ workspaceId: await idOf("production") })));
  assert.ok((await sum({ userId: key.creatorUserId })) >= ofKey);
});

test("analytics says what it has, and answers a query about one workspace", async () => {
  const { analytics } = sandbox.api;
  const { data: meta } = await analytics.getAnalyticsMeta();
  assert.ok(meta.metrics.some((metric) => metric.name === "credits_usage" && metric.displayFormat === "currency"));
  const { data } = await analytics.queryAnalytics({
    requestBody: {
      metrics: ["credits_usage", "request_count"],
      dimensions: ["api_key_id"],
      filters: [{ field: "workspace", operator: "eq", value: await idOf("production") }],
      granularity: "day",
      timeRange: lately(),
    },
  });
  assert.equal(data.metadata.truncated, false);
  assert.equal(data.metadata.rowCount, data.data.length);
  assert.ok(data.data.length > 30);
  await assert.rejects(analytics.queryAnalytics({ requestBody: { metrics: ["color"] } }), { name: "BadRequestResponseError" });
});

test("credits are read", async () => {
  const { data } = await sandbox.api.credits.getCredits();
  assert.ok(data.totalUsage > 0 && data.totalCredits > data.totalUsage);
});

test("the default workspace is deleted with a confirmation", async () => {
  const { workspaces } = sandbox.api;
  assert.deepEqual(await workspaces.delete({ id: "default", confirmDefaultWorkspaceDeletion: true }), { deleted: true });
  await assert.rejects(workspaces.get({ id: "default" }), { name: "NotFoundResponseError" });
});
