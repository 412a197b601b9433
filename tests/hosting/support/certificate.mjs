/**
 * Creates a certificate that no public authority has signed.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Creates a certificate for `localhost` and 127.0.0.1 in a folder. With an RSA key, ciphers without forward secrecy are possible.
 * @param {string} folder
 * @param {"ec" | "rsa"} [kind]
 */
export async function makeCertificate(folder, kind = "ec") {
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "certificate.key")];
  const algorithm = kind === "rsa" ? ["rsa:2048"] : ["ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const options = ["-newkey", ...algorithm, "-nodes", "-days", "2"];
  const about = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"];
  await promisify(execFile)("openssl", ["req", "-x509", ...options, ...about, "-out", certificate, "-keyout", key]);
  return { certificate, key };
}
