import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PartKind } from "#contract/organisation-api.ts";
import { Icon } from "../../components/icon.tsx";
import { partName } from "./part-name.ts";

/** What can be asked of a part. */
export interface PartCommands {
	readonly onEdit: (kind: PartKind, id: string) => void;
	readonly onClose: (kind: PartKind, id: string) => void;
	readonly onOpen: (kind: PartKind, id: string) => void;
	/** A child of it. */
	readonly onAdd: (kind: "street" | "site", under: string) => void;
}

interface PartRowProps {
	readonly kind: PartKind;
	readonly part: {
		readonly id: string;
		readonly name: string;
		readonly closedAt: number | null;
		readonly mayChange: boolean;
	};
	readonly commands: PartCommands;
	/** In the place of the name alone. */
	readonly children?: ReactNode;
	readonly adds?: "street" | "site" | undefined;
	readonly mayAdd?: boolean;
}

/** One part by name, with what may be done with it. */
export function PartRow({ kind, part, commands, children, adds, mayAdd = false }: PartRowProps) {
	const { t } = useTranslation();
	const { id, closedAt, mayChange } = part;
	const name = partName(t, part);
	return (
		<div className={closedAt === null ? "part-row" : "part-row part-closed"} data-part={id} data-testid="part-row">
			<div className="part-words">
				{kind !== "party" && kind !== "sector" && <span className="tag">{t(`organisation.kind_${kind}`)}</span>}
				{children ?? <strong>{name}</strong>}
				{closedAt !== null && <span className="tag">{t("organisation.closedTag")}</span>}
			</div>
			<div className="buttons">
				{adds && mayAdd && closedAt === null && (
					<button
						type="button"
						className="button small quiet"
						aria-label={`${t(`organisation.add_${adds}`)}: ${name}`}
						data-testid={`add-${adds}`}
						onClick={() => commands.onAdd(adds, id)}
					>
						<Icon name="plus" size={16} />
						{t(`organisation.add_${adds}`)}
					</button>
				)}
				{mayChange && (
					<>
						<button
							type="button"
							className="button small quiet"
							aria-label={`${t("common.edit")}: ${name}`}
							data-testid="edit-part"
							onClick={() => commands.onEdit(kind, id)}
						>
							{t("common.edit")}
						</button>
						<button
							type="button"
							className="button small quiet"
							aria-label={`${t(closedAt === null ? "organisation.close" : "organisation.open")}: ${name}`}
							data-testid={closedAt === null ? "close" : "open"}
							onClick={() => (closedAt === null ? commands.onClose : commands.onOpen)(kind, id)}
						>
							{t(closedAt === null ? "organisation.close" : "organisation.open")}
						</button>
					</>
				)}
			</div>
		</div>
	);
}
