/** For how long evidence is kept, and the word that it is to be kept for longer. */
export const zhRetention = {
	retention: {
		title: "证据保存期限",
		class_unconfirmed: "未经确认的告警",
		class_confirmed: "已确认的告警",
		class_transferred: "已移交的线索",
		until: "照片、视频和号牌保存至 {{time}}，到期自动删除并记录在案。",
		whileOpen: "现场未解除前一直保存。",
		deleted: "照片、视频和号牌已于 {{time}} 到期删除；时间、地点和处置记录保留。",
		hold: "延长保存",
		holdAsk: "延长保存该告警的证据",
		holdHint: "在解除之前，到期也不删除，例如当事人提出异议、复议或诉讼。将记录您的姓名和理由。",
		holdExample: "例如：当事人 11 月 20 日提出异议，交警要求保留。",
		held: "{{by}} 已要求延长保存，到期不删除",
		heldReason: "理由：{{reason}}",
		end: "解除延长保存",
		endHint: "解除后按保存期限处理；已过期的证据将在一小时内删除，无法恢复。将记录您的姓名和理由。",
		alreadySaid: "已由 {{by}} 要求延长保存。",
		gone: "证据已删除，无法延长保存。",
	},
};
