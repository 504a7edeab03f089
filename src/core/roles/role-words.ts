/** Who does what for a living; a person has exactly one. The first three and `unit_head` work for the site itself. */
export const roles = [
	"duty_officer", // 消防控制室值班员
	"guard", // 保安
	"property_manager", // 物业项目经理: approves what a duty officer confirmed
	"unit_head", // 单位主要负责人 / 消防安全管理人
	"street_officer", // 街道和网格员
	"traffic_police", // 公安交管
	"police_station", // 派出所
	"fire_station", // 消防救援站
	"fire_supervisor", // 消防监督员
	"task_force", // 工作专班
	"auditor",
	"admin", // the system's administrator
] as const;
export type Role = (typeof roles)[number];

/** What a route asks for. */
export const rights = [
	"watch", // the wall, alerts, pictures and clips
	"handle", // acknowledge, dispatch, judge, ask a driver to move
	"attend", // on the way, on site, photos from there
	"permit", // let a vehicle stand in a lane for a time
	"confirm", // the first step of a review
	"approve", // the second, by another person; keep evidence for longer
	"transfer", // hand a clue, and originals, to an authority
	"receive", // what was handed to one's own authority, and nothing else
	"export", // take evidence away, masked
	"history",
	"drill",
	"configure", // cameras, zones, policy, photos of markings
	"audit", // who saw, changed and took away what
	"administer", // users, organisation, edges, authorities
] as const;
export type Right = (typeof rights)[number];
