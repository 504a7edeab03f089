import type { Verdict } from "./verify-package.ts";

/** So many broken things are listed; the first is the root of most others. */
const mostShown = 20;

export function showVerdict(verdict: Verdict): string {
	const { place, broken, notes, withheld, absent } = verdict;
	return [
		...(broken.length === 0 ? [holds(verdict)] : []),
		...broken.slice(0, mostShown).map(({ what, name, why }) => `${place}: BROKEN: ${what}: ${name}: ${why}`),
		...(broken.length > mostShown ? [`${place}: … and ${broken.length - mostShown} more`] : []),
		...(withheld.length > 0 ? [`${place}: ${withheldWords(withheld.length)}`] : []),
		...(absent.length > 0 ? [`${place}: ${absentWords(absent)}`] : []),
		...notes.map((note) => `${place}: note: ${note}`),
	].join("\n");
}

const withheldWords = (count: number) =>
	`WITHOUT ${count} ORIGINALS: masked copies are not sealed; originals are with the site, their hashes in the manifests`;

const absentWords = (absent: Verdict["absent"]) =>
	`WITHOUT ${absent.length} SEALED FILES that its server did not have: ${absent
		.slice(0, mostShown)
		.map(({ name, why }) => `${name} (${why})`)
		.join(", ")}`;

function holds({ place, manifests, files, bytes, keyFrom, withheld, absent }: Verdict): string {
	const alerts = unique(manifests.map(({ alertId }) => alertId));
	const edges = unique(manifests.map(({ edgeId }) => edgeId));
	const keys = unique(manifests.map(({ keyId }) => keyId));
	const trust =
		keyFrom === "given"
			? "which is the one you gave"
			: "which came with the package: compare it with the one that the edge is known by, or give that with --key";
	return [
		`${place}: holds${withheld.length + absent.length > 0 ? " as far as it is here" : ""}: ${files} files (${bytes} bytes) in ${manifests.length} manifests`,
		`  alert  ${alerts.join(", ")}`,
		`  edge   ${edges.join(", ")}`,
		`  sealed ${manifests.map(({ sealedAt }) => new Date(sealedAt).toISOString()).join(", ")}`,
		`  key    ${keys.join(", ")}, ${trust}`,
	].join("\n");
}

const unique = (texts: readonly string[]) => [...new Set(texts)];
