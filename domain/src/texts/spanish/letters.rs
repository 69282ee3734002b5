//! The words of letters, in Spanish.

use crate::texts::letters::{Key, Letters};
use crate::texts::translation;

translation! { Letters, SPANISH, Spanish {
    greeting = "Hola, {name}:";
    greeting_without_name = "Hola:";
    footer = "Este correo lo envía Seatwise, donde las organizaciones gestionan las licencias de su plataforma de aprendizaje.";
    link_hint = "Si el botón no funciona, copie esta dirección en su navegador:";
    months = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre";
    date = "{day} de {month} de {year}";
    kind_user = "{count} licencia de usuario | {count} licencias de usuario";
    kind_content = "{count} licencia de contenido | {count} licencias de contenido";

    sign_in_subject = "{code} es su código de inicio de sesión";
    sign_in_line = "Pulse el botón en el navegador en el que pidió iniciar sesión.";
    sign_in_code = "En otro navegador, o si el botón no funciona, escriba este código donde lo pidió: {code}";
    sign_in_button = "Iniciar sesión";
    sign_in_note = "El enlace y el código sirven una sola vez, durante diez minutos. Si no pidió iniciar sesión, puede ignorar este correo; nadie puede entrar sin él.";

    invite_subject = "{inviter} le invita a {company}";
    invite_subject_company = "Tiene una invitación de {company}";
    invite_learner_company = "{company} ha reservado para usted una licencia de la plataforma de aprendizaje.";
    invite_manager_company = "{company} le invita a gestionar sus licencias de aprendizaje.";
    invite_learner_line = "{inviter}, de {company}, ha reservado para usted una licencia de la plataforma de aprendizaje.";
    invite_manager_line = "{inviter} le invita a gestionar las licencias de aprendizaje de {company}.";
    invite_button = "Aceptar la invitación";
    invite_note = "La invitación es solo para usted; no la reenvíe. Está abierta durante {count} día. | La invitación es solo para usted; no la reenvíe. Está abierta durante {count} días.";

    invite_reminder_subject = "Su invitación de {company} sigue abierta";
    invite_reminder_learner_company = "{company} ha reservado para usted una licencia de la plataforma de aprendizaje. Aún puede aceptarla.";
    invite_reminder_learner = "{inviter}, de {company}, ha reservado para usted una licencia de la plataforma de aprendizaje. Aún puede aceptarla.";
    invite_reminder_manager = "{inviter} le ha invitado a gestionar las licencias de aprendizaje de {company}. La invitación sigue abierta.";
    invite_reminder_note = "La invitación es solo para usted; no la reenvíe. Sigue abierta {count} día más. | La invitación es solo para usted; no la reenvíe. Sigue abierta {count} días más.";

    order_received_subject = "{company} solicita {licences}";
    order_received_line = "{person}, de {company}, solicita {licences} ({order}).";
    order_received_group = "Para el grupo {group}.";
    order_received_renews = "El pedido renueva licencias que terminan el {date} (UTC).";
    order_received_reference = "Su referencia: {reference}";
    order_received_message = "Su mensaje: {message}";
    order_received_button = "Abrir el pedido";

    order_waiting_subject = "{company} sigue esperando {licences}";
    order_waiting_line = "{person}, de {company}, solicitó {licences} el {date} (UTC). {order} sigue pendiente de usted.";
    order_waiting_button = "Abrir el pedido";

    order_cancelled_subject = "{company} ya no necesita {licences}";
    order_cancelled_line = "{person}, de {company}, canceló lo que quedaba pendiente de {order}: {licences}. No tiene que hacer nada más.";
    order_cancelled_button = "Abrir gestión de cuentas";

    licences_ready_subject = "Pedido listo para {company}: {licences}";
    licences_ready_line = "Su gestor de cuenta asignó {licences} a {company} ({order}).";
    licences_ready_term = "Vigencia: desde el {from} hasta el {until} (UTC).";
    licences_ready_group = "Para el grupo {group}.";
    licences_ready_note = "Nota de su gestor de cuenta: {note}";
    licences_ready_button = "Abrir el pedido";

    part_assigned_subject = "Parte de un pedido está lista: {licences} para {company}";
    part_assigned_open = "Queda pendiente {count} más de este pedido. Le avisaremos en cuanto esté lista. | Quedan pendientes {count} más de este pedido. Le avisaremos en cuanto estén listas.";

    order_declined_subject = "{order} de {company}: pedido rechazado";
    order_declined_line = "{person} rechazó {licences} que {company} había solicitado con {order}.";
    order_declined_assigned = "Conserva la {count} licencia que se había asignado antes. | Conserva las {count} licencias que se habían asignado antes.";
    order_declined_reason = "Motivo: {reason}";
    order_declined_button = "Abrir el pedido";

    lot_expiring_subject = "{licences} de {company}: queda {count} día | {licences} de {company}: quedan {count} días";
    lot_expiring_line = "{company} tiene {licences} hasta el {date} (UTC): queda {count} día. | {company} tiene {licences} hasta el {date} (UTC): quedan {count} días.";
    lot_expiring_order = "Del pedido {order}.";
    lot_expiring_held = "{count} persona tiene una de ellas. | {count} personas tienen una de ellas.";
    lot_expiring_none_held = "Nadie tiene ninguna por el momento.";
    lot_expiring_renew = "Si renueva a tiempo, quienes tienen una continúan sin interrupción.";
    lot_expiring_renewal = "Hay una renovación en curso ({order}).";
    lot_expiring_no_renewal = "Aún no se ha solicitado ninguna renovación.";
    lot_expiring_button = "Renovar";
    lot_expiring_button_renewal = "Abrir las licencias";

    overdrawn_subject = "A {company} le faltan licencias: {licences}";
    overdrawn_line = "Se agregaron usuarios a {company} cuando no había licencias disponibles. La empresa necesita {licences} más.";
    overdrawn_managers = "Nadie pierde nada por ello. Las licencias que solicite cubren el exceso automáticamente.";
    overdrawn_staff = "Las licencias que asigne cubren el exceso automáticamente.";

    low_balance_subject = "Disponibles en {company}: {licences}";
    low_balance_line = "{company} dispone de {licences} para dar. Pidió que le avisáramos cuando hubiera menos de {threshold}.";

    request_button = "Solicitar licencias";
    company_button = "Abrir la empresa";

    import_finished_subject = "Se importó {file} en {company}";
    import_stopped_subject = "Se detuvo la importación de {file} en {company}";
    import_finished_line = "La importación de {file} en {company} terminó.";
    import_stopped_line = "La importación de {file} en {company} se detuvo antes de terminar. Lo hecho hasta entonces se conserva.";
    import_added = "Se agregó a {count} usuario. | Se agregó a {count} usuarios.";
    import_brought_back = "Se reincorporó a {count} usuario. | Se reincorporó a {count} usuarios.";
    import_moved = "{count} usuario pasó a otro grupo. | {count} usuarios pasaron a otro grupo.";
    import_left_out = "Se omitió {count} fila. | Se omitieron {count} filas.";
    import_unreadable = "No se pudo leer {count} fila. | No se pudieron leer {count} filas.";
    import_button = "Ver la importación";

    licence_expiring_subject = "Su licencia de {company} termina el {date}";
    licence_expiring_user = "Su licencia de usuario de {company} termina el {date} (UTC). Hasta entonces puede iniciar sesión en la plataforma de aprendizaje como siempre.";
    licence_expiring_content = "Su licencia de contenido de {company} termina el {date} (UTC). Hasta entonces puede abrir el contenido como siempre.";
    licence_expiring_ask = "¿Quiere seguir aprendiendo? Consulte al responsable de licencias de su empresa.";
    licence_expiring_ask_whom = "¿Quiere seguir aprendiendo? Consulte al responsable de licencias de su empresa: {managers}.";

    licence_carried_subject = "Su licencia de {company} continúa";
    licence_carried_user = "{company} ha renovado su licencia de usuario. Ahora termina el {date} (UTC).";
    licence_carried_content = "{company} ha renovado su licencia de contenido. Ahora termina el {date} (UTC).";
    licence_carried_open_user = "{company} ha renovado su licencia de usuario.";
    licence_carried_open_content = "{company} ha renovado su licencia de contenido.";
    licence_carried_nothing_to_do = "No tiene que hacer nada.";

    staff_invited_subject = "{inviter} le invita a gestión de cuentas";
    staff_invited_line = "{inviter} le ha nombrado gestor de cuenta en Seatwise: ve los pedidos de las empresas que lleva y asigna sus licencias.";
    staff_invited_administrator = "{inviter} le ha nombrado administrador en Seatwise: lleva empresas y decide quién trabaja en gestión de cuentas.";
    staff_invited_how = "No hace falta contraseña. Escriba la dirección en la que recibe este correo y le llegará un enlace para iniciar sesión.";

    handed_over_subject = "Ahora usted lleva {company}";
    handed_over_line = "{person} le ha traspasado {company}. Desde ahora recibe usted sus pedidos.";

    licence_expired_subject = "Su licencia de {company} ha vencido";
    licence_expired_user = "Su licencia de usuario de {company} terminó el {date} (UTC). Ya no puede iniciar sesión con ella en la plataforma de aprendizaje.";
    licence_expired_content = "Su licencia de contenido de {company} terminó el {date} (UTC). Ya no puede abrir el contenido con ella.";
    licence_expired_ask = "Para seguir aprendiendo, pida una licencia nueva al responsable de licencias de su empresa. Lo que ha hecho hasta ahora se conserva.";
    licence_expired_button = "Ver mis licencias";

    licence_given_subject = "Tiene una licencia de {company}";
    licence_given_user = "{company} le ha dado una licencia de usuario. Ya puede iniciar sesión con ella en la plataforma de aprendizaje.";
    licence_given_content = "{company} le ha dado una licencia de contenido. Ya puede abrir el contenido con ella.";
    licence_given_until = "Termina el {date} (UTC).";

    inactive_subject = "¿Sigue usando su licencia de {company}?";
    inactive_line = "{company} ha reservado para usted una licencia de la plataforma de aprendizaje. Su última actividad fue el {date} (UTC).";
    inactive_what_to_do = "Abra sus licencias una vez y, por ahora, seguirá siendo suya. Si ya no la necesita, no tiene que hacer nada: es posible que su empresa se la dé a otra persona. Lo que ha aprendido se conserva.";

    lot_ended_subject = "{company}: vencimiento de {licences}";
    lot_ended_line = "El {date} (UTC) terminó el plazo de {licences} de {order}.";
    lot_ended_held = "{count} alumno que tenía una se quedó sin licencia. Puede ver quién es en la previsión, en Licencias. | {count} alumnos que tenían una se quedaron sin licencia. Puede ver quiénes son en la previsión, en Licencias.";
    lot_ended_carried = "{count} alumno pasó a otra licencia sin interrupción. | {count} alumnos pasaron a otra licencia sin interrupción.";
    lot_ended_all_carried = "Nadie se quedó sin licencia.";
    lot_ended_none_held = "Nadie tenía ninguna.";
    lot_ended_renew = "Puede solicitar licencias nuevas en cualquier momento.";
    lot_ended_button = "Solicitar licencias";

    failure_refused = "respuesta {status}";
    failure_refused_because = "respuesta {status}, {why}";
    failure_unreachable = "no se pudo establecer la conexión";
    failure_no_answer = "no respondió a tiempo";
    failure_receiver_suppressed = "esta dirección está en su lista de direcciones con correos devueltos";
    failure_receiver_not_allowed = "no tiene permiso para escribir a esta dirección";
    failure_limit = "se alcanzó su límite";
    failure_unreadable = "no se pudo redactar el correo";
    failure_no_address = "no es una dirección a la que se pueda enviar correo";
    failure_unsaid = "no indica el motivo";
}}
