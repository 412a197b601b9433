/**
 * Every shipped configuration passes `cargo xtask check-hosting`.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkHosting } from "./support/check-hosting.mjs";
import { useDeployment } from "./support/deployment.mjs";
import { DEPLOYMENTS, USER } from "./support/proxies.mjs";

for (const deployment of DEPLOYMENTS) {
  describe(deployment.title, () => {
    const console = useDeployment(deployment);

    test("passes every check", async () => {
      const { path } = deployment.place;
      const { code, output, passed, failed } = await checkHosting(`${console.origin}${path}/`, { user: USER });
      assert.deepEqual([code, failed], [0, []], output);
      assert.equal(passed.length, deployment.mode === "proxy-held-key" ? 34 : 30, output);
    });
  });
}
