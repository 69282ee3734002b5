//! What is said where a company's history is looked through, in Arabic.

use crate::texts::activity::{ActivityTexts, Key};
use crate::texts::translation;

translation! { ActivityTexts, ARABIC, Arabic {
    activity_lead = "كل ما حدث هنا، يدويًا أو تلقائيًا. الأيام والأوقات بالتوقيت العالمي (UTC).";
    person = "الشخص";
    person_hint = "الاسم أو العنوان";
    about = "الموضوع";
    everything = "الكل";
    way_in = "الطريقة";
    all_ways = "كل الطرق";
    about_licences = "منح التراخيص واستردادها";
    about_invites = "الدعوات";
    about_people = "الأشخاص والمجموعات";
    about_orders = "الطلبات";
    about_expiry = "انتهاء الصلاحية وتواريخ الانتهاء";
    way_hand = "يدويًا";
    way_import = "استيراد";
    way_rule = "قاعدة تلقائية";
    filters = "عوامل التصفية";
    from_chip = "من {day}";
    until_chip = "حتى {day}";
    take_off = "إزالة عامل التصفية: {filter}";
    clear_filters = "مسح عوامل التصفية";
    somebody = "شخص ما";
    nothing_yet = "لم يحدث شيء بعد";
    nothing_yet_text = "فور حدوث أي شيء هنا يُسجَّل في هذه الصفحة.";
    nothing_found = "لم يُعثر على شيء";
    nothing_found_text = "لا شيء في السجل يطابق كل عوامل التصفية هذه.";
    today = "اليوم";
    yesterday = "أمس";
    who_held = "من كان لديه ترخيص في هذا اليوم";
    what_happened = "ما حدث في هذا اليوم";
    sync_named = "مزامنة الدليل {name}";
    looked_until = "تم الاطلاع حتى {day}. وهناك المزيد قبل ذلك.";
    lines_first = "لا أسطر معروضة بعد ({count})؛ وهناك المزيد. | المعروض {count} سطر؛ وهناك المزيد. | المعروض {count} من الأسطر؛ وهناك المزيد. | المعروض {count} أسطر؛ وهناك المزيد. | المعروض {count} سطرًا؛ وهناك المزيد. | المعروض {count} سطر؛ وهناك المزيد.";
    lines_all = "المعروض {count} سطر. | المعروض {count} سطر. | المعروض {count} من الأسطر. | المعروض {count} أسطر. | المعروض {count} سطرًا. | المعروض {count} سطر.";
    details = "التفاصيل";
    details_of = "التفاصيل: {what}";
    exact_time = "الوقت الدقيق";
    done_by = "بواسطة";
    to_whom = "الشخص المعني";
    other_person = "الشخص الآخر";
    before_and_since = "قبل ذلك وبعده";
    new_end = "الانتهاء";
    import_file = "الاستيراد";
    seal = "الختم";
    sealed_in = "القيد {entry}، مختوم بالرقم {number}";
    not_sealed = "القيد {entry}، يُختم خلال دقائق";
}}
