//! Names of people in many scripts.
//!
//! Invariant: each name comes with its spelling in an email address.

/// Given and family names of one script, each with its spelling in an email address.
pub struct Names {
    /// Given names.
    pub given: &'static [(&'static str, &'static str)],
    /// Family names.
    pub family: &'static [(&'static str, &'static str)],
}

/// One entry per script or language, all equally frequent.
pub const NAMES: &[Names] = &[
    Names {
        given: &[("Emma", "emma"), ("James", "james"), ("Olivia", "olivia"), ("Noah", "noah"), ("Grace", "grace")],
        family: &[("Walker", "walker"), ("O'Connor", "oconnor"), ("Hughes", "hughes"), ("Okafor", "okafor")],
    },
    Names {
        given: &[("Zoë", "zoe"), ("Jürgen", "juergen"), ("Amélie", "amelie"), ("Søren", "soren"), ("Åsa", "asa")],
        family: &[("Müller", "mueller"), ("Lefèvre", "lefevre"), ("Østergård", "ostergard"), ("Nuñez", "nunez")],
    },
    Names {
        given: &[("Łukasz", "lukasz"), ("Šárka", "sarka"), ("Ștefan", "stefan"), ("Gülşen", "gulsen")],
        family: &[("Wójcik", "wojcik"), ("Dvořák", "dvorak"), ("Țepeș", "tepes"), ("Yıldız", "yildiz")],
    },
    Names {
        given: &[("Ольга", "olga"), ("Дмитро", "dmytro"), ("Иван", "ivan"), ("Милица", "milica")],
        family: &[("Шевченко", "shevchenko"), ("Кузнецова", "kuznetsova"), ("Петровић", "petrovic")],
    },
    Names {
        given: &[("Ελένη", "eleni"), ("Γιώργος", "giorgos"), ("Κατερίνα", "katerina"), ("Νίκος", "nikos")],
        family: &[("Παπαδοπούλου", "papadopoulou"), ("Νικολάου", "nikolaou"), ("Γεωργίου", "georgiou")],
    },
    Names {
        given: &[("ليلى", "layla"), ("يوسف", "youssef"), ("فاطمة", "fatima"), ("عمر", "omar")],
        family: &[("الخطيب", "alkhatib"), ("حدّاد", "haddad"), ("بن علي", "benali"), ("منصور", "mansour")],
    },
    Names {
        given: &[("נועה", "noa"), ("יונתן", "yonatan"), ("תמר", "tamar"), ("אורי", "uri")],
        family: &[("כהן", "cohen"), ("לוי", "levi"), ("ברק", "barak")],
    },
    Names {
        given: &[("अनन्या", "ananya"), ("अर्जुन", "arjun"), ("प्रिया", "priya"), ("रोहित", "rohit")],
        family: &[("शर्मा", "sharma"), ("पटेल", "patel"), ("कुलकर्णी", "kulkarni"), ("सिंह", "singh")],
    },
    Names {
        given: &[("明", "ming"), ("思雨", "siyu"), ("建国", "jianguo"), ("欣怡", "xinyi")],
        family: &[("王", "wang"), ("李", "li"), ("欧阳", "ouyang"), ("陈", "chen")],
    },
    Names {
        given: &[("さくら", "sakura"), ("健太", "kenta"), ("美咲", "misaki"), ("翔", "sho")],
        family: &[("佐藤", "sato"), ("渡邊", "watanabe"), ("小林", "kobayashi"), ("タナカ", "tanaka")],
    },
    Names {
        given: &[("서연", "seoyeon"), ("민준", "minjun"), ("지우", "jiwoo"), ("하은", "haeun")],
        family: &[("김", "kim"), ("박", "park"), ("최", "choi"), ("남궁", "namgung")],
    },
    Names {
        given: &[("สมชาย", "somchai"), ("กัญญา", "kanya"), ("ณัฐพล", "nattapon"), ("พิมพ์ใจ", "pimjai")],
        family: &[("ศรีสุข", "srisuk"), ("วงศ์สวัสดิ์", "wongsawat"), ("ทองดี", "thongdee")],
    },
    Names {
        given: &[("தமிழ்ச்செல்வி", "tamilselvi"), ("கார்த்திக்", "karthik"), ("மீனா", "meena")],
        family: &[("சுப்பிரமணியன்", "subramanian"), ("முருகன்", "murugan"), ("ராமன்", "raman")],
    },
    Names {
        given: &[("ნინო", "nino"), ("გიორგი", "giorgi"), ("Անահիտ", "anahit"), ("Արամ", "aram")],
        family: &[("ბერიძე", "beridze"), ("კაპანაძე", "kapanadze"), ("Սարգսյան", "sargsyan")],
    },
    Names {
        given: &[("ሰላም", "selam"), ("ዳዊት", "dawit"), ("মৌসুমী", "mousumi"), ("রাহুল", "rahul")],
        family: &[("ተስፋዬ", "tesfaye"), ("በቀለ", "bekele"), ("চট্টোপাধ্যায়", "chattopadhyay")],
    },
    Names {
        given: &[("Nguyễn Thị Hương", "huong"), ("Đức", "duc"), ("Chidinma", "chidinma"), ("Ayọ̀", "ayo")],
        family: &[("Trần", "tran"), ("Phạm", "pham"), ("Adébáyọ̀", "adebayo"), ("Ngũgĩ", "ngugi")],
    },
];
