//! Words that set people apart from those a list is about: managers, authors, exceptions.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::search::fold::key;

/// A set of words, as they are compared.
pub(super) struct Words {
    list: &'static str,
    set: OnceLock<FxHashSet<&'static str>>,
}

impl Words {
    /// `list` has spaces between the words.
    pub(super) const fn new(list: &'static str) -> Self {
        Self { list, set: OnceLock::new() }
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.set.get_or_init(|| self.list.split_whitespace().collect()).contains(word)
    }
}

/// Words for people beside the one whom a row is about, and for their second addresses.
static OTHERS: Words = Words::new(
    "manager managers manageremail managername supervisor boss lead leader head owner author creator created by \
     updated modified approver approved sponsor reporter assistant secretary recovery secondary alternate alternative backup alias \
     aliases other others previous former old personal private home relation reports referrer inviter host organizer organiser \
     sender from note notes comment comments reason remark remarks description message history mentor delegate guardian parent approvers reviewer reviewers owners authors \
     creators sponsors hosts organizers inviters assistants supervisors leads leaders mentors delegates \
     vorgesetzter vorgesetzte vorgesetzten führungskraft chef chefin leiter leiterin leitung teamleiter ersteller erstellt \
     ansprechpartner vertretung notiz notizen bemerkung bemerkungen kommentar privat private responsable supérieur créateur créé \
     gestionnaire remarque remarques jefe jefa gerente creado supervisora notas observaciones responsabile capo creato gestor \
     gestora chefe criado observações leidinggevende aangemaakt opmerkingen przełożony kierownik uwagi skapad leder oprettet \
     bemærkninger anteckningar esimies päällikkö huomautus nadřízený vedoucí vytvořil poznámka yönetici oluşturan not \
     руководитель начальник менеджер создал примечание 上司 管理者 作成者 マネージャー 備考 经理 上级 主管 创建者 创建人 备注 \
     관리자 상사 작성자 비고 المدير ملاحظات מנהל הערות",
);

/// Words that take people out of a list.
static EXCEPT: Words = Words::new(
    "not no don't dont except excluding exclude excluded without remove removed removal delete deleted leaver leavers \
     leaving left offboard offboarding deactivate revoke rejected declined skip skipped ignore replaces replace instead nicht ohne \
     außer ausser entfernen löschen ausgeschieden austritte ne pas sauf sans retirer supprimer exclure départs excepto salvo \
     quitar eliminar excluir bajas tranne rimuovere eliminare escludere non não exceto remover niet behalve verwijderen zonder nie \
     oprócz usuń usunąć inte utom ta bort ikke undtatt undtagen fjern ei paitsi poista ne kromě odebrat hariç çıkar sil не кроме \
     удалить исключить 除外 削除 除く 删除 移除 排除 제외 삭제 إزالة حذف ليس לא הסר להסיר",
);

/// Words for what is to be done with the person of a row.
static ACTIONS: Words = Words::new(
    "action actions operation task change changetype aktion maßnahme änderung opération accion acción operación azione operazione ação      operação actie handeling akcja åtgärd handling toiminto akce işlem действие 操作 アクション 작업 إجراء פעולה",
);

/// Whether a heading is of what is to be done with the person of a row, such as `Action`.
pub(super) fn is_of_actions(label: &str) -> bool {
    has_word(label, &ACTIONS)
}

/// Whether a heading or key is of other people than those whom the rows are about.
pub(super) fn is_of_others(label: &str) -> bool {
    has_word(label, &OTHERS)
}

/// Whether a text has a word that takes people out of a list.
pub(super) fn has_exception(text: &str) -> bool {
    has_word(text, &EXCEPT)
}

fn has_word(text: &str, list: &Words) -> bool {
    tokens(text).iter().any(|token| list.contains(token))
}

/// The words of a heading such as `Work Email`, `work_email` and `workEmail`, as they are compared.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(text.len());
    let mut was_lowercase = false;
    for c in text.chars() {
        if was_lowercase && c.is_uppercase() {
            spaced.push(' ');
        }
        was_lowercase = c.is_lowercase();
        spaced.push(c);
    }
    let spaced = key(&spaced);
    let words = spaced.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '\u{307}');
    words.map(|word| word.trim_matches('\'').replace('\u{307}', "")).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_headings_and_keys() {
        for label in ["Manager Email", "managerEmail", "manager_email", "Worker's Manager", "YÖNETİCİ", "Created by"]
        {
            assert!(is_of_others(label), "{label}");
        }
        for label in ["Email", "Employee", "Management", "workEmail"] {
            assert!(!is_of_others(label), "{label}");
        }
        assert!(has_exception("do NOT add") && !has_exception("Notker"));
    }
}
