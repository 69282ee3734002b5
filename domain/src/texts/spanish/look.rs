//! What newcomers and learners read, in the look of their company. Apart because they load nothing else, in Spanish.

use crate::texts::look::{Key, LookTexts};
use crate::texts::translation;

translation! { LookTexts, SPANISH, Spanish {
    invite_from = "Su invitación de {company}";
    hello = "Hola:";
    hello_name = "Hola, {name}:";
    invites_to_learn = "{person} le ha reservado una licencia de la plataforma de aprendizaje.";
    invites_to_manage = "{person} le invita a gestionar las licencias de aprendizaje de la empresa.";
    reserved_until = "hasta el";
    what_happens = "Qué pasa después";
    happens_at_once = "Su licencia queda en uso al instante.";
    happens_managing = "Verá las licencias de la empresa y podrá repartirlas.";
    happens_signed_in = "La sesión queda iniciada aquí. No hace falta contraseña: cada vez que vuelva le enviaremos un código por correo.";
    happens_platform = "Continúa en la plataforma de aprendizaje.";
    accept_invite = "Aceptar la invitación";
    invite_for = "Esta invitación es para {email}.";
    open_until = "Está abierta hasta el";
    open_for = "(queda {count} día) | (quedan {count} días)";
    open_today = "(hoy)";
    questions = "¿Preguntas?";
    unknown_title = "Este enlace de invitación no funciona";
    unknown = "Puede estar incompleto, o uno más reciente lo ha reemplazado. Busque la última invitación en su correo y ábrala desde allí, o pregunte a quien le invitó.";
    accepted_title = "Ya aceptó esta invitación";
    accepted = "Inicie sesión con su correo electrónico para ver sus licencias. Si no fue usted quien aceptó, avise.";
    lapsed_title = "Esta invitación ha caducado";
    lapsed = "Estuvo abierta hasta el";
    lapsed_then = "La licencia quedó libre y se le puede volver a reservar. Pida una nueva invitación; es cosa de un minuto.";
    withdrawn_title = "Esta invitación se anuló";
    withdrawn = "La licencia ya no está reservada para usted. Si le sorprende, pregunte.";
    over_title = "La licencia de esta invitación ha vencido";
    over = "Su plazo terminó antes de que usted llegara. Pida una nueva.";
    suspended_title = "Figura como persona inactiva";
    suspended = "Según el directorio de la empresa no está en activo, así que por ahora no se puede aceptar nada. Pida que le activen; entonces esta invitación funcionará.";

    back_to_managing = "Volver a la gestión";
    staff_hold_none = "Trabaja en la gestión de cuentas y no tiene licencias propias.";
    you_are_in = "Ya está dentro";
    welcome = "Le damos la bienvenida, {name}. Esto es lo que tiene a partir de ahora.";
    go_to_platform = "Ir a la plataforma de aprendizaje";
    no_address_yet = "Su empresa le dirá dónde aprender. El acceso también aparecerá aquí en cuanto se conozca.";
    user_opens = "Le permite iniciar sesión en la plataforma de aprendizaje.";
    content_opens = "Abre el contenido de la plataforma de aprendizaje.";
    user_reserved = "Reservada para usted. Acepte la invitación que recibió por correo y podrá empezar.";
    days_left = "Queda {count} día | Quedan {count} días";
    ends_today = "Vence hoy";
    renewed = "Renovada por {person}. Continúa por sí sola el";
    renewal_requested = "{person} ha pedido una renovación. Si llega a tiempo, su licencia continúa por sí sola.";
    user_ended = "Ya no puede iniciar sesión en la plataforma de aprendizaje. Su licencia venció el";
    content_ended = "Ya no puede abrir contenido. Su licencia venció el";
    user_taken_back = "Ya no puede iniciar sesión en la plataforma de aprendizaje. Su licencia se retiró el";
    content_taken_back = "Ya no puede abrir contenido. Su licencia se retiró el";
    kept = "Lo que ha aprendido hasta ahora se conserva.";
    every_user_taken = "Por ahora todas las licencias de usuario están ocupadas.";
    every_content_taken = "Por ahora todas las licencias de contenido están ocupadas.";
    you_are_next = "La próxima será para usted.";
    ahead = "Hay {count} persona antes que usted. | Hay {count} personas antes que usted.";
    then_by_itself = "En cuanto quede una libre la recibirá automáticamente, junto con un correo. Hasta entonces no hay nada que hacer.";
    waiting_since = "En espera desde el";
    no_licence_yet = "Aún sin licencia";
    no_licence_yet_text = "Tiene una cuenta, pero todavía ninguna licencia. Pida una.";
    ask_for_one = "Pedir una nueva";
    whom_to_ask = "A quién preguntar";
    ask_about = "Mi licencia en {company}";
    also_at = "También está aquí";
}}
