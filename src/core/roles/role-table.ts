import type { Right, Role } from "./role-words.ts";

/**
 * Who may do what; where they may do it is `scope.ts`. Who runs the system does not audit it, and who audits it does
 * nothing else. The police see what was handed to them alone.
 */
export const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
	duty_officer: ["watch", "handle", "permit", "confirm", "export", "history"],
	guard: ["watch", "attend"],
	property_manager: [
		...(["watch", "handle", "attend", "permit", "confirm", "approve", "transfer", "export", "history"] as const),
		"configure",
	],
	unit_head: ["watch", "handle", "permit", "confirm", "approve", "transfer", "export", "history"],
	street_officer: ["watch", "attend", "export", "history"],
	traffic_police: ["receive"],
	police_station: ["receive"],
	fire_station: ["watch", "history", "drill"],
	fire_supervisor: ["watch", "receive", "export", "history", "drill"],
	task_force: ["watch", "export", "history"],
	auditor: ["audit"],
	admin: [
		...([
			"watch",
			"handle",
			"attend",
			"permit",
			"confirm",
			"approve",
			"transfer",
			"export",
			"history",
			"drill",
		] as const),
		...(["configure", "administer"] as const),
	],
};

export const may = (role: Role, right: Right): boolean => rightsOf[role].includes(right);

/** Which of these rights the role has; any of them lets it in. */
export const rightsAmong = (role: Role, asked: readonly Right[]): readonly Right[] =>
	asked.filter((right) => may(role, right));

/** They see what was handed to their authority and have no sites of their own. */
export const seesTransfersAlone = (role: Role): boolean =>
	may(role, "receive") && rightsOf[role].every((right) => right === "receive");

/** They answer for the whole system unless somebody says otherwise. */
export const seesEverySiteByDefault = (role: Role): boolean => may(role, "administer") || may(role, "audit");
