import { useTranslation } from "react-i18next";
import { may } from "#core/roles/role-table.ts";
import { rights, roles } from "#core/roles/role-words.ts";
import { account } from "../../account.ts";
import { useObservable } from "../../observable.ts";
import { Icon } from "../../components/icon.tsx";
import "./roles.css";

/** The very table that the server goes by. */
export default function RolesPage() {
	const { t } = useTranslation();
	const own = useObservable(account, (who) => (who.state === "signed_in" ? who.user.role : null));
	// On a telephone the first columns are what is seen of it.
	const ownFirst = own ? [own, ...roles.filter((role) => role !== own)] : roles;
	return (
		<div className="page">
			<div className="page-head">
				<div>
					<h1>{t("roles.title")}</h1>
					<p>{t("roles.hint")}</p>
					{own && <p>{t("roles.own", { role: t(`roles.role_${own}`) })}</p>}
				</div>
			</div>
			<div className="card rights-scroll" role="region" aria-label={t("roles.table")} tabIndex={0}>
				<table className="rights-table" data-testid="rights-table">
					<thead>
						<tr>
							<th scope="col">{t("roles.right")}</th>
							{ownFirst.map((role) => (
								<th key={role} scope="col" data-own={role === own}>
									{t(`roles.role_${role}`)}
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rights.map((right) => (
							<tr key={right}>
								<th scope="row">
									{t(`roles.right_${right}`)}
									<span className="soft">{t(`roles.says_${right}`)}</span>
								</th>
								{ownFirst.map((role) => (
									<td key={role} data-own={role === own}>
										{may(role, right) && <Icon name="check" />}
										<span className="visually-hidden">{t(may(role, right) ? "roles.has" : "roles.hasNot")}</span>
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</div>
	);
}
