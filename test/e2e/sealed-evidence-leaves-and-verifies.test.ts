import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AlertAnswer } from "#contract/alerts-api.ts";
import type { EdgeKeysAnswer } from "#contract/seal-api.ts";
import { readPublicKey } from "#platform/signing-key.ts";
import { startRtspCamera } from "../../src/simulator/rtsp-camera.ts";
import { openPackage } from "../../src/cli/verify/open-package.ts";
import { verifyPackage } from "../../src/cli/verify/verify-package.ts";
import { startInstallation } from "../support/installation.ts";
import { until } from "../support/poll.ts";
import { addCamera, demoClip, demoZones } from "../support/scenes.ts";
import { endings, keepForReading } from "../support/story.ts";

const atEnd = endings();

test("what the edge sealed of a van leaves the server as a package that holds by the edge's registered key", async () => {
	const folder = await mkdtemp(join(tmpdir(), "keepclear-sealed-"));
	atEnd(() => rm(folder, { recursive: true, force: true }));
	const installation = await startInstallation();
	atEnd(() => installation.close());
	const camera = await startRtspCamera({ streams: [{ path: "/gate", clip: demoClip }] });
	atEnd(() => camera.close());
	await addCamera(installation, camera.url("/gate"), await demoZones());
	atEnd(() => keepForReading("sealed-evidence-leaves-and-verifies", installation));

	const alert = await until(
		"an alert with all of its evidence",
		async () => {
			const { alerts } = await installation.api.get<{ alerts: AlertAnswer[] }>("/api/alerts");
			return alerts.find(({ evidence, evidenceSet }) => {
				const taken = evidenceSet?.items.filter(({ state }) => state === "taken") ?? [];
				const wanted = taken.flatMap(({ id, overlay }) => (overlay ? [id, overlay.id] : [id]));
				return evidenceSet?.complete && wanted.every((id) => evidence.some((each) => each.id === id));
			});
		},
		{ deadlineMs: 180_000 },
	);
	const bytes = await installation.api.bytes(`/api/alerts/${alert.id}/evidence-package?reason=a%20test&for=authority`);
	const file = join(folder, "package.zip");
	await writeFile(file, bytes);
	const edges = await installation.api.get<{ edges: { id: string }[] }>("/api/edges");
	const { keys } = await installation.api.get<EdgeKeysAnswer>(`/api/edges/${edges.edges[0]?.id}/keys`);
	const key = readPublicKey(keys[0]?.publicKey ?? "");
	const verdict = await verifyPackage(await openPackage(file), key);
	expect(verdict).toMatchObject({ broken: [], notes: [], files: alert.evidence.length, keyFrom: "given" });
	expect(alert.evidence.map(({ kind }) => kind)).toEqual(
		expect.arrayContaining(["panorama_entry", "panorama_confirmed", "panorama_cleared", "overlay", "clip"]),
	);
	expect(verdict.manifests.length).toBeGreaterThan(1);
	expect(verdict.manifests.every(({ alertId }) => alertId === alert.id)).toBe(true);
	expect(installation.logs()).not.toContain("PRIVATE KEY");
});
