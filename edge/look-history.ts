import type { CameraScene, CameraStep, CameraZone } from "#core/camera.ts";
import type { ZoneLook } from "#core/occupancy/reduce-zone.ts";
import type { SupposedRules } from "#core/occupancy/what-if.ts";

const keepMs = 3_600_000;
/** Looks that show the same are kept once in this time: instants that are worked out from them are as exact. */
const sameEveryMs = 1_000;

interface Kept {
	/** As JSON: looks of another polygon say nothing about this one. */
	readonly polygon: string;
	readonly looks: ZoneLook[];
	/** The zone's, as of the newest look. */
	rules: SupposedRules;
}

/**
 * What the rules of each zone were shown in the last hour, so that another policy can be tried on it. In memory alone,
 * some hundred bytes a look: a restart begins it anew.
 */
export class LookHistory {
	readonly #zones = new Map<string, Kept>();

	add(scene: CameraScene, looks: CameraStep["looks"]): void {
		for (const { zoneId, look } of looks) {
			const zone = scene.zones.find(({ id }) => id === zoneId);
			if (zone) keep(this.#of(zone).looks, look);
		}
	}

	/** Looks, oldest first, and the rules that hold now; null for a zone of which nothing is known. */
	of(zoneId: string): { readonly looks: readonly ZoneLook[]; readonly rules: SupposedRules } | null {
		return this.#zones.get(zoneId) ?? null;
	}

	forget(zoneId: string): void {
		this.#zones.delete(zoneId);
	}

	#of({ id, polygon, policy, times }: CameraZone): Kept {
		const written = JSON.stringify(polygon);
		const known = this.#zones.get(id);
		if (known?.polygon === written) {
			known.rules = { policy, times };
			return known;
		}
		const kept: Kept = { polygon: written, looks: [], rules: { policy, times } };
		this.#zones.set(id, kept);
		return kept;
	}
}

function keep(looks: ZoneLook[], look: ZoneLook): void {
	const last = looks.at(-1);
	if (last && look.at - last.at < sameEveryMs && showTheSame(last, look)) return;
	looks.push({ ...look, stays: look.stays.map((stay) => ({ ...stay, occupant: { ...stay.occupant, outline: [] } })) });
	const firstKept = looks.findIndex(({ at }) => at >= look.at - keepMs);
	if (firstKept > 0) looks.splice(0, firstKept);
}

function showTheSame(a: ZoneLook, b: ZoneLook): boolean {
	return a.settling === b.settling && shapeOf(a) === shapeOf(b);
}

/** Everything of a look that decides, but for the instants that go on with it. */
function shapeOf({ at, stays }: ZoneLook): string {
	return stays
		.map(({ trackId, since, missingSince, confirmed, seenAt }) =>
			[trackId, since, missingSince, confirmed, seenAt === at].join(),
		)
		.join(";");
}
