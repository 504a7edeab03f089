import type { Role } from "../roles/role-words.ts";

/**
 * Police, fire service and administrators: what stands on their page is of others, or rules the whole system. Their page
 * left open is not theirs after a while, whatever it shows.
 */
const sensitiveRoles: readonly Role[] = [
	"traffic_police",
	"police_station",
	"fire_station",
	"fire_supervisor",
	"admin",
];
export const isSensitive = (role: Role): boolean => sensitiveRoles.includes(role);

export interface SessionSettings {
	readonly idleMs: number;
	readonly absoluteMs: number;
	/** Of sensitive roles. */
	readonly sensitive: { readonly idleMs: number; readonly absoluteMs: number };
	/** A screen on a wall, which only shows. */
	readonly screens: { readonly absoluteMs: number };
}

export interface SessionLimits {
	readonly idleMs: number;
	readonly absoluteMs: number;
	/** Only what a person does keeps it going; otherwise an open page does, which asks by itself. */
	readonly byHand: boolean;
}

/**
 * How long a session lasts. A control room's wall stays signed in while it is open: one that went dark at night because
 * nobody had to touch it would be worse than one left open in a locked room. A screen that nobody sits at says so when it
 * is signed in, and then can do nothing but show; it lasts for weeks, whatever role it is of.
 */
export function limitsOf(settings: SessionSettings, role: Role, isScreen: boolean): SessionLimits {
	const { idleMs, absoluteMs, sensitive, screens } = settings;
	if (isScreen) return { idleMs, absoluteMs: screens.absoluteMs, byHand: false };
	return isSensitive(role) ? { ...sensitive, byHand: true } : { idleMs, absoluteMs, byHand: false };
}
