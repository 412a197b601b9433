/**
 * Creates a certificate that no public authority has signed.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Creates a certificate for 127.0.0.1 in a folder.
 * @param {string} folder
 */
export async function makeCertificate(folder) {
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "certificate.key")];
  const options = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const about = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"];
  await promisify(execFile)("openssl", ["req", "-x509", ...options, ...about, "-out", certificate, "-keyout", key]);
  return { certificate, key };
}
