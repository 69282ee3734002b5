//! What letters are called, when they are sent, and the page on which a company chooses. Apart because few pages need it, in Spanish.

use crate::texts::notices::{Key, NoticeTexts};
use crate::texts::translation;

translation! { NoticeTexts, SPANISH, Spanish {
    which_letters = "Qué correos recibe cada quien";
    which_letters_text = "Las invitaciones y los correos de inicio de sesión se envían siempre, y su gestor de cuenta siempre se entera de sus pedidos.";
    learners = "Alumnos";
    letter_to = "{letter}: {receiver}";
    single_managers = "Responsables por separado";
    managers_left_out = "{count} responsable excluido | {count} responsables excluidos";
    invite_reminders = "Recordatorios de invitaciones";
    remind_first = "Primer recordatorio, en días tras la invitación";
    remind_second = "Segundo recordatorio, en días tras la invitación";
    never_if_empty = "Si se deja vacío: nunca.";
    few_licences = "Cuando hay pocas licencias disponibles";
    low_user = "Avisar cuando las licencias de usuario disponibles sean menos de";
    low_content = "Avisar cuando las licencias de contenido disponibles sean menos de";
    notices_saved = "Se guardaron sus avisos.";
    letter_sign_in = "Inicio de sesión";
    letter_invite = "Invitación";
    letter_invite_reminder = "Recordatorio de invitación";
    letter_order_received = "Pedido recibido";
    letter_order_waiting = "Pedido en espera";
    letter_order_cancelled = "Pedido cancelado";
    letter_licences_ready = "Licencias listas";
    letter_part_assigned = "Parte de un pedido lista";
    letter_order_declined = "Pedido rechazado";
    letter_lot_expiring = "Licencias por vencer";
    letter_lot_ended = "Licencias vencidas";
    letter_overdrawn = "Licencias en exceso";
    letter_low_balance = "Pocas licencias disponibles";
    letter_import_finished = "Importación terminada";
    letter_licence_expiring = "Licencia propia por vencer";
    letter_licence_expired = "Licencia propia vencida";
    letter_licence_carried = "La licencia propia continúa";
    letter_licence_given = "Licencia recibida";
    letter_inactive = "Mucho tiempo sin actividad";
    letter_staff_invited = "Invitación a gestión de cuentas";
    letter_handed_over = "Empresa traspasada";
    when_invite_reminder = "Cuando alguien no ha aceptado una invitación, en los días fijados abajo.";
    when_licences_ready = "Cuando se asigna un pedido y sus licencias están listas.";
    when_part_assigned = "Cuando se asigna una parte de un pedido y el resto queda pendiente.";
    when_order_declined = "Cuando su gestor de cuenta rechaza un pedido, con el motivo.";
    when_lot_expiring = "60, 30 y 7 días antes de que venzan las licencias.";
    when_lot_ended = "Cuando han vencido licencias.";
    when_overdrawn = "Cuando una sincronización de directorio da más licencias de las que hay.";
    when_low_balance = "Cuando hay menos licencias disponibles que las cifras fijadas abajo.";
    when_import_finished = "Cuando termina una importación de usuarios.";
    when_licence_expiring = "7 días antes de que venza la licencia de una persona.";
    when_licence_expired = "Cuando ha vencido la licencia de una persona.";
    when_licence_carried = "Cuando la licencia de una persona continúa con otro pedido.";
    when_licence_given = "Cuando alguien que ya se había incorporado recibe una licencia.";
}}
