import { useTranslation } from "react-i18next";
import type { OrganisationAnswer } from "#contract/organisation-api.ts";
import type { ReceiverAnswer } from "#contract/transfers-api.ts";
import type { UserAnswer } from "#contract/users-api.ts";
import { currentLanguage } from "../../i18n/i18n.ts";
import { formatShort } from "../../time/format-time.ts";
import { scopeWords } from "./scope-words.ts";

export type UserCommand = "edit" | "renew" | "endSessions" | "resetFactor" | "disable" | "enable";

interface UserTableProps {
	readonly users: readonly UserAnswer[];
	readonly organisation: OrganisationAnswer;
	readonly receivers: readonly ReceiverAnswer[];
	readonly ownId: string;
	readonly onCommand: (what: UserCommand, user: UserAnswer) => void;
}

/** One row a user; on a phone one card. */
export function UserTable({ users, organisation, receivers, ownId, onCommand }: UserTableProps) {
	const { t } = useTranslation();
	if (users.length === 0) return <p className="soft">{t("users.none")}</p>;
	return (
		<ul className="card user-rows" data-testid="users">
			{users.map((user) => (
				<li key={user.id} className={user.disabledAt === null ? undefined : "user-disabled"} data-testid="user-row">
					<div className="user-who">
						<strong>
							{user.name} {user.id === ownId && <span className="soft">{t("users.you")}</span>}
						</strong>
						<span className="soft">{t(`roles.role_${user.role}`)}</span>
					</div>
					<div className="user-where">
						{user.scopes.map((scope) => scopeWords(t, organisation, scope)).join("、")}
						{user.receiverId !== null && (
							<span className="soft">
								{receivers.find(({ id }) => id === user.receiverId)?.name ?? user.receiverId}
							</span>
						)}
					</div>
					<div className="user-state">
						<span className="tag">
							{t(
								user.disabledAt !== null
									? "users.state_disabled"
									: user.mustChangePassword
										? "users.state_password"
										: "users.state_active",
							)}
						</span>
						{user.disabledAt === null && user.factor !== "none" && (
							<span className="tag" data-testid="user-factor">
								{t(user.factor === "set_up" ? "factor.tag" : "factor.tagDue")}
							</span>
						)}
						<span className="soft digits">
							{t("users.signedInAt")}{" "}
							{user.signedInAt === null ? t("users.never") : formatShort(user.signedInAt, currentLanguage())}
							{user.sessions > 0 && ` · ${t("users.sessions", { count: user.sessions })}`}
						</span>
					</div>
					<div className="buttons">
						{commandsFor(user, ownId).map((what) => (
							<button
								key={what}
								type="button"
								className="button small quiet"
								aria-label={`${t(`users.${what}`)}: ${user.name}`}
								data-testid={`user-${what}`}
								onClick={() => onCommand(what, user)}
							>
								{t(`users.${what}`)}
							</button>
						))}
						{user.id === ownId && <span className="soft">{t("users.ownHint")}</span>}
					</div>
				</li>
			))}
		</ul>
	);
}

function commandsFor({ id, disabledAt, sessions, factor }: UserAnswer, ownId: string): readonly UserCommand[] {
	if (id === ownId) return [];
	if (disabledAt !== null) return ["edit", "enable"];
	return [
		...(["edit", "renew"] as const),
		...(factor === "set_up" ? (["resetFactor"] as const) : []),
		...(sessions > 0 ? (["endSessions"] as const) : []),
		"disable",
	];
}
