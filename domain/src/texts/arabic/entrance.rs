//! What the sign-in page says, in Arabic.

use crate::texts::entrance::{EntranceTexts, Key};
use crate::texts::translation;

translation! { EntranceTexts, ARABIC, Arabic {
    sign_in_lead = "نرسل إليكم رابطًا ورمزًا. لا حاجة إلى كلمة مرور.";
    send_link = "إرسال الرابط";
    check_your_mail = "تفقدوا بريدكم الإلكتروني";
    mailed_lead = "إذا كان العنوان {email} معروفًا لدينا، فسيصل إليه رابط ورمز صالحان لعشر دقائق.";
    code = "الرمز الوارد في الرسالة";
    code_hint = "ثمانية أرقام. ويمكن بدلًا من ذلك الضغط على الزر الوارد في الرسالة، في هذا المتصفح.";
    other_address = "استخدام عنوان آخر";
    by_link_lead = "يُرجى الضغط على الزر لتسجيل الدخول إلى Seatwise.";
    ask_for_new_link = "طلب رابط جديد";
    signed_out = "انتهت جلستكم. سجّلوا الدخول وتابعوا.";
}}
