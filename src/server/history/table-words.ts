import type { HistoryTableQuery } from "#contract/history-api.ts";

export type TableLanguage = HistoryTableQuery["language"];

/** Heads of the columns, and what keys are called in a table that is saved. The page has words of its own for the same. */
export const tableWords = {
	"zh-CN": {
		of: {
			...{ lane: "消防车通道", site: "场所", street: "街镇", day: "日期", weekday: "星期", hour: "时段" },
			...{ label: "类别", cause: "原因", alert: "告警" },
		},
		columns: {
			...{ free: "畅通（分钟）", occupied: "占用（分钟）", unknown: "未知（分钟）", availability: "畅通率" },
			...{ alerts: "告警数", falseAlarms: "误报", exempt: "豁免", falseAlarmRate: "误报率" },
			...{ acknowledgeMedian: "签收用时中位数（分钟）", acknowledgeP90: "签收用时九成内（分钟）" },
			...{ clearMedian: "清除用时中位数（分钟）", clearP90: "清除用时九成内（分钟）", longest: "最长占用（分钟）" },
		},
		alert: {
			...{ id: "编号", site: "场所", lane: "消防车通道", label: "类别", cause: "原因", judgement: "判定" },
			...{ enteredAt: "驶入时间", raisedAt: "告警时间", clearedAt: "解除时间" },
			...{ acknowledge: "签收用时（分钟）", clear: "清除用时（分钟）" },
		},
		weekdays: ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"],
		causes: { vehicle: "车辆停放", object: "堆物" } as Readonly<Record<string, string>>,
		labels: {
			...{ car: "小汽车", truck: "货车", bus: "客车", motorcycle: "摩托车或电动自行车", bicycle: "自行车" },
			...{ vehicle: "车辆", object: "堆物" },
		} as Readonly<Record<string, string>>,
		judgements: { counts: "计入", false_alarm: "误报", exempt: "豁免" },
	},
	en: {
		of: {
			...{ lane: "Fire lane", site: "Site", street: "Street", day: "Day", weekday: "Weekday", hour: "Hour" },
			...{ label: "Class", cause: "Cause", alert: "Alert" },
		},
		columns: {
			...{ free: "Free (min)", occupied: "Occupied (min)", unknown: "Unknown (min)", availability: "Availability" },
			...{ alerts: "Alerts", falseAlarms: "False alarms", exempt: "Exempt", falseAlarmRate: "False alarm rate" },
			...{
				acknowledgeMedian: "Time to acknowledge, median (min)",
				acknowledgeP90: "Time to acknowledge, 9 of 10 (min)",
			},
			...{ clearMedian: "Time to clear, median (min)", clearP90: "Time to clear, 9 of 10 (min)" },
			longest: "Longest blockage (min)",
		},
		alert: {
			...{ id: "Id", site: "Site", lane: "Fire lane", label: "Class", cause: "Cause", judgement: "Judged" },
			...{ enteredAt: "Entered", raisedAt: "Raised", clearedAt: "Cleared" },
			...{ acknowledge: "Time to acknowledge (min)", clear: "Time to clear (min)" },
		},
		weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
		causes: { vehicle: "Vehicle", object: "Goods" } as Readonly<Record<string, string>>,
		labels: {} as Readonly<Record<string, string>>,
		judgements: { counts: "counts", false_alarm: "false alarm", exempt: "exempt" },
	},
} as const;
