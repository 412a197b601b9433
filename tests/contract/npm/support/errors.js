/**
 * Causes the documented errors of a call, and checks that the client has a type for each.
 */
import assert from "node:assert/strict";

const NAMES = {
  401: "UnauthorizedResponseError",
  403: "ForbiddenResponseError",
  404: "NotFoundResponseError",
  500: "InternalServerResponseError",
};

/**
 * Runs a call once for each of its errors.
 * @param {object} sandbox the result of `useSandbox`
 * @param {object} call
 * @param {string} call.method
 * @param {string} call.path a part of its path
 * @param {(api: object) => Promise<unknown>} call.run makes the call, on a missing object if possible
 * @param {number[]} call.errors the documented statuses, except 400, which depends on the request
 */
export async function checkErrors(sandbox, { method, path, run, errors }) {
  for (const status of errors) {
    if (status === 500) await sandbox.failNext(method, path, 500);
    const api = { 401: sandbox.unknown, 403: sandbox.plain }[status] ?? sandbox.api;
    await assert.rejects(async () => run(api), (error) => {
      assert.equal(error.name, NAMES[status]);
      assert.equal(error.statusCode, status);
      assert.equal(error.error.code, status);
      assert.ok(error.error.message.length > 0);
      assert.ok(error.headers.get("x-request-id"));
      return true;
    });
  }
}
