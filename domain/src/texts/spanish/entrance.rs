//! What the sign-in page says, in Spanish.

use crate::texts::entrance::{EntranceTexts, Key};
use crate::texts::translation;

translation! { EntranceTexts, SPANISH, Spanish {
    sign_in_lead = "Le enviamos un enlace y un código. No hace falta contraseña.";
    send_link = "Enviarme un enlace";
    check_your_mail = "Revise su correo";
    mailed_lead = "Si conocemos {email}, un enlace y un código van en camino. Sirven durante diez minutos.";
    code = "Código del correo";
    code_hint = "Ocho cifras. O pulse el botón del correo, en este navegador.";
    other_address = "Usar otra dirección";
    by_link_lead = "Pulse el botón para iniciar sesión en Seatwise.";
    ask_for_new_link = "Pedir un enlace nuevo";
    signed_out = "Se cerró su sesión. Inicie sesión y continúe.";
}}
