//! Drafts in other languages, and English ones that look like it.

use crate::analysis::{Analysis, Link};
use crate::fixture::analysis;

#[track_caller]
fn check(draft: &str, language: Option<&str>) -> Analysis {
    let analysis = analysis(draft);
    assert_eq!(analysis.foreign, language, "{draft}");
    analysis
}

const GERMAN: &str = "Der Rat hat am Montag beschlossen, den alten Hafen zu schließen, weil das Holz der Brücke nicht mehr \
    sicher ist. Die Arbeiten sollen im Mai beginnen und werden nach Angaben der Stadt zwei Jahre dauern.\n\n\
    „Wir haben lange gewartet“, sagte Bürgermeisterin Ruth Okafor. „Es ist nicht leicht, aber es muss sein.“\n\n\
    Die Fischer wollen sich damit nicht abfinden. Sie haben für den kommenden Samstag zu einer Kundgebung auf dem \
    Marktplatz aufgerufen und hoffen, dass der Rat seine Entscheidung noch einmal überdenkt.\n";

#[test]
fn other_languages_are_told() {
    check(GERMAN, Some("German"));
    check(
        "Le conseil a décidé lundi de fermer le vieux port, parce que le bois du pont est pourri et que les travaux ne \
         peuvent plus attendre. « Nous avons attendu trop longtemps », a déclaré la maire, Ruth Okafor, devant la presse. \
         Les pêcheurs, qui vivent de ce port depuis des années, ne sont pas d’accord avec elle et ils ont appelé à une \
         manifestation pour samedi, sur la place du marché.",
        Some("French"),
    );
    check(
        "El consejo decidió el lunes cerrar el viejo puerto porque la madera del puente está podrida y las obras no pueden \
         esperar más. «Hemos esperado demasiado», dijo la alcaldesa, Ruth Okafor, a la prensa. Los pescadores, que viven \
         del puerto desde hace muchos años, no están de acuerdo con ella y han llamado a una manifestación para el sábado \
         en la plaza del mercado.",
        Some("Spanish"),
    );
    check(
        "De raad heeft maandag besloten om de oude haven te sluiten, omdat het hout van de brug verrot is en de werken \
         niet langer kunnen wachten. “We hebben te lang gewacht,” zei burgemeester Ruth Okafor. De vissers, die al jaren \
         van de haven leven, zijn het niet met haar eens en hebben voor zaterdag opgeroepen tot een betoging op het plein \
         bij de markt van de stad.",
        Some("Dutch"),
    );
    check(
        "Совет решил в понедельник закрыть старый порт, потому что дерево моста сгнило, и работы больше не могут ждать. \
         «Мы ждали слишком долго», — сказала мэр Рут Окафор. Рыбаки с ней не согласны и зовут всех на площадь.",
        Some("another language"),
    );
    check(
        &"市議会は月曜日に古い港を閉鎖することを決めた。橋の木材が腐っているためである。「長く待ちすぎた」と市長は述べた。".repeat(3),
        Some("another language"),
    );
}

#[test]
fn english_stays_english() {
    check("", None);
    check("Der Rat tagt.\n", None);
    check(
        "“Es ist nicht leicht, aber es muss sein,” Okafor said.\n",
        None,
    );
    // Names and titles of works are no language.
    check(
        "Recep Tayyip Erdoğan, Ebrahim Raisi, Sergei Lavrov, Ursula von der Leyen, Charles de Gaulle, Bernardo de la Torre, \
         Luis de los Santos, Maria van der Meer, Jean de la Fontaine and Otto von Bismarck met Ana de Armas, Juan de la \
         Cruz, Pieter van den Berg and Dirk van het Hof at the Théâtre de la Ville. Those who came from the Universidad de \
         las Américas, the Rue de la Paix and the Plaza de los Mártires were late. “Je ne sais pas,” said Marie de la Tour, \
         who plays in “La Vie en rose” and “Der Himmel über Berlin”.\n",
        None,
    );
    // One side speaks another language.
    check(
        "The mayor was asked twice on Monday about the old harbour and the rotten bridge, and twice she gave the same \
         answer in German to those who had come.\n\n„Es ist nicht leicht, aber es muss sein, und wir haben lange \
         gewartet.“\n\n„Die Arbeiten sollen im Mai beginnen und werden zwei Jahre dauern, und es ist auch nicht zu \
         ändern.“\n",
        None,
    );
    // Results have few short words.
    check(&"Wexmouth Rovers 3, Port Ellen 1 (half-time 1-0), attendance 1,204, goals Reyes, Meyer.\n\n".repeat(30), None);
}

#[test]
fn a_quote_is_found_by_its_marks_and_nobody_speaks_it() {
    let analysis = check(GERMAN, Some("German"));
    assert_eq!(analysis.quotes.len(), 2);
    assert_eq!(analysis.attributions.len(), 2);
    assert!(
        analysis
            .attributions
            .iter()
            .all(|known| known.evidence.link == Link::None)
    );
    assert!(analysis.entities.is_empty() && analysis.mentions.is_empty());
}
