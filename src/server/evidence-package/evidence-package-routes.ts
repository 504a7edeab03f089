import { z } from "zod";
import { madeIdSchema } from "#contract/ids.ts";
import { exportQuery } from "#contract/seal-api.ts";
import { writeZip } from "#platform/zip/write-zip.ts";
import type { App } from "../http/app-type.ts";
import { personOf } from "../http/guard.ts";
import type { ServerParts } from "../server-parts.ts";
import { exportEvidence } from "./export-evidence.ts";

const params = z.object({ id: madeIdSchema });

export function evidencePackageRoutes(app: App, parts: ServerParts): void {
	app.get(
		"/api/alerts/:id/evidence-package",
		{
			config: { access: { right: "export", of: { id: "alert" } } },
			schema: {
				tags: ["evidence"],
				summary: "Its evidence as one zip, for keepclear verify; recorded with the reason. For others: masked copies",
				params,
				querystring: exportQuery,
			},
		},
		async (request, reply) => {
			const { id } = request.params;
			const files = await exportEvidence(parts, id, request.query, personOf(request));
			const zip = await writeZip(files);
			return reply
				.header("cache-control", "no-store")
				.header("content-disposition", `attachment; filename="${id}.evidence.zip"`)
				.header("content-length", zip.bytes)
				.type("application/zip")
				.send(zip.stream);
		},
	);
}
