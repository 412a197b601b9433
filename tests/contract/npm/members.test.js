/**
 * Operations 10 to 12 through the npm client: members.
 *
 * Run with `npm ci --ignore-scripts && npm test`, after `cargo build -p sandbox`.
 */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { checkErrors } from "./support/errors.js";
import { rowsOf, useSandbox } from "./support/sandbox.js";

const sandbox = useSandbox();
beforeEach(() => sandbox.reset({ seed: "demo" }));

const add = (id, userIds, api = sandbox.api) =>
  api.workspaces.bulkAddMembers({ id, bulkAddWorkspaceMembersRequest: { userIds } });
const remove = (id, userIds, api = sandbox.api) =>
  api.workspaces.bulkRemoveMembers({ id, bulkRemoveWorkspaceMembersRequest: { userIds } });

async function newWorkspace() {
  await sandbox.api.workspaces.create({ createWorkspaceRequest: { name: "New", slug: "new" } });
  const people = await rowsOf(sandbox.api.organization.listMembers({ limit: 100 }));
  return people.map((person) => person.id);
}

test("people are added and removed", async () => {
  const people = (await newWorkspace()).slice(0, 100);
  const added = await add("new", people);
  assert.equal(added.addedCount, 100);
  assert.deepEqual(new Set(added.data.map((member) => member.userId)), new Set(people));
  assert.equal(added.data.find((member) => member.userId === people[0]).role, "admin");
  assert.equal((await add("new", people.slice(0, 1))).addedCount, 1);
  assert.deepEqual(await remove("new", people.slice(0, 60)), { removedCount: 60 });
  assert.equal((await rowsOf(sandbox.api.workspaces.listMembers({ id: "new" }))).length, 40);
});

test("the list continues across its pages", async () => {
  await sandbox.reset({ seed: "scale", workspaces: 2, people: 330, members: 321 });
  for (const [id, count] of [["scale-members", 321], ["default", 330]]) {
    for (const limit of [undefined, 100]) {
      const rows = await rowsOf(sandbox.api.workspaces.listMembers({ id, limit }));
      assert.equal(rows.length, count);
      assert.equal(new Set(rows.map((row) => row.userId)).size, count);
    }
  }
});

test("an invalid request is refused, and nothing is applied", async () => {
  const [person, ...others] = await newWorkspace();
  const refused = (call, message) => assert.rejects(call, { name: "BadRequestResponseError", message });
  const forbidden = (call, message) => assert.rejects(call, { name: "ForbiddenResponseError", message });
  await refused(add("new", [person, "user_nobody"]), /Some users are not members/);
  await refused(add("new", []), /user_ids/);
  await refused(add("new", [person, ...others.slice(0, 100)]), /user_ids/);
  await forbidden(add("default", [person]), /default workspace/);
  await forbidden(remove("default", [person]), /default workspace/);
  assert.equal((await rowsOf(sandbox.api.workspaces.listMembers({ id: "new" }))).length, 0);

  const members = await rowsOf(sandbox.api.workspaces.listMembers({ id: "interns" }));
  const everyone = members.map((member) => member.userId);
  await forbidden(remove("interns", everyone), /SCIM/);
  assert.equal((await rowsOf(sandbox.api.workspaces.listMembers({ id: "interns" }))).length, members.length);

  const { data: keys } = await sandbox.api.apiKeys.list({ workspaceId: "production" });
  await refused(remove("production", [keys[0].creatorUserId]), new RegExp(`active.*${keys[0].creatorUserId}`));
});

const calls = {
  list: { method: "GET", path: "/nope/members", run: (api) => api.workspaces.listMembers({ id: "nope" }) },
  add: { method: "POST", path: "/members/add", run: (api) => add("nope", ["user_x"], api) },
  remove: { method: "POST", path: "/members/remove", run: (api) => remove("nope", ["user_x"], api) },
};
for (const [name, call] of Object.entries(calls)) {
  test(`${name} fails with the typed errors`, () =>
    checkErrors(sandbox, { ...call, errors: [401, 403, 404, 500] }));
}
