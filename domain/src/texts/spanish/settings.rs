//! What the settings say. Apart because few pages need it, in Spanish.

use crate::texts::settings::{Key, SettingsTexts};
use crate::texts::translation;

translation! { SettingsTexts, SPANISH, Spanish {
    company = "Empresa";
    people = "Personas";
    look = "Aspecto";
    usual = "Habitual: {value}.";
    company_name = "Nombre";
    company_name_hint = "Los alumnos lo ven en sus páginas y en sus correos. Su gestor de cuenta puede cambiarlo.";
    times = "Cuándo terminan las cosas";
    times_hint = "Las licencias y las invitaciones terminan a medianoche UTC. Los días se muestran en la zona horaria de quien los mira.";
    try_it = "Probar";
    contact_for_learners = "A quién preguntan los alumnos";
    contact_hint = "Los alumnos encuentran este contacto en su invitación, junto a sus licencias y cuando una licencia ha vencido.";
    contact_inviter = "Quien les invitó";
    contact_inviter_hint = "O el primer responsable, cuando no invitó nadie en particular. Es la opción habitual.";
    contact_manager = "Uno de los responsables";
    contact_manager_hint = "La misma persona para todos.";
    contact_address = "Un buzón";
    contact_address_hint = "Por ejemplo, el de su servicio de ayuda.";
    which_manager = "Qué responsable";
    which_address = "Correo electrónico del buzón";
    letters_language = "Idioma de los correos";
    letters_language_hint = "Para quienes no han elegido un idioma por su cuenta.";

    without_content = "Al menos {count} persona tiene licencia de usuario y no de contenido. Eso sigue igual; quien se agregue a partir de ahora recibe ambas. Licencias de contenido disponibles: {available}. | Al menos {count} personas tienen licencia de usuario y no de contenido. Eso sigue igual; quien se agregue a partir de ahora recibe ambas. Licencias de contenido disponibles: {available}.";
    all_have_content = "Según los totales, a nadie le falta la licencia de contenido. Quien se agregue a partir de ahora recibe ambas. Licencias de contenido disponibles: {available}.";
    no_more_content = "Quien tiene licencia de contenido la conserva. Los usuarios nuevos reciben solo la de usuario.";
    would_be_inactive = "Hoy se consideraría inactivo a {count} usuario. | Hoy se consideraría inactivos a {count} usuarios.";
    elsewhere = "Se configura en otro lugar";
    groups_text = "Los grupos y los días en que terminan sus licencias";
    sync_text = "Sincronización de directorio: tokens, quién recibe licencias, modo de prueba";

    open_keep_dates = "{count} invitación abierta conserva su fecha. El cambio vale para las que se envíen a partir de ahora. | {count} invitaciones abiertas conservan su fecha. El cambio vale para las que se envíen a partir de ahora.";
    none_open = "No hay invitaciones abiertas. El cambio vale para las que se envíen a partir de ahora.";
    reminders = "Recordatorios";
    reminders_twice = "Quien no haya aceptado recibe un recordatorio tras {first} día y otro tras {second}. | Quien no haya aceptado recibe un recordatorio tras {first} días y otro tras {second}.";
    reminders_once = "Quien no haya aceptado recibe un recordatorio tras {days} día. | Quien no haya aceptado recibe un recordatorio tras {days} días.";
    reminders_never = "No se envían recordatorios de las invitaciones.";
    change_reminders = "Cambiar los recordatorios";

    saved_nothing = "No había nada distinto.";
    saved_change = "Guardado. {what}: {before} → {after}";
    saved_changes = "Guardado: {what} | {count} ajustes guardados: {what}";
    on = "sí";
    off = "no";
    nothing = "nada";
    leave_unsaved = "Hay ajustes cambiados sin guardar. ¿Salir de todos modos?";
    unsaved = "Sin guardar";
    discard = "Descartar";
    saved_meanwhile = "Otra persona guardó mientras tanto";
    both_kept = "Cambió otros ajustes, que ahora aparecen aquí. Los suyos también siguen aquí: guarde de nuevo.";
    differs = "No se pierde nada: sus valores están en el formulario. Guarde de nuevo para conservarlos, o tome los otros.";
    theirs_and_yours = "{what}: el guardado es {theirs}, el suyo es {yours}.";
    take_theirs = "Tomar el otro";
    take_theirs_of = "Tomar el otro: {what}";

    who_manages = "Quién gestiona sus licencias";
    who_manages_text = "Los responsables ven a todos los usuarios, solicitan licencias y las reparten. No necesitan licencia propia.";
    add_manager = "Agregar responsable";
    add_manager_lead = "Quien ya es usuario gestiona al instante y conserva lo que tiene. Quien es nuevo recibe una invitación por correo.";
    manager_added = "{person} ya gestiona sus licencias.";
    manager_invited = "La invitación para {person} va en camino.";
    you = "Usted";
    invited = "Con invitación";
    no_longer_manager = "Dejar de ser responsable";
    dismiss_of = "Dejar de ser responsable: {person}";
    dismiss_lead = "{person} sigue siendo usuario y conserva todas sus licencias, pero ya no ve ni cambia nada de otros. Vale al instante.";
    dismiss_invited_lead = "{person} aún no ha aceptado. El enlace del correo dejará de funcionar.";
    dismiss_self_lead = "Se trata de usted. Saldrá de estas páginas al instante, y solo otro responsable podrá darle acceso de nuevo.";
    dismissed = "{person} ya no gestiona sus licencias.";
    only_manager = "Es la única persona que puede hacerlo. Agregue otro responsable antes de dejarlo.";

    look_text = "Los alumnos ven su logotipo y su color en sus páginas y en sus correos. Las páginas de usted no cambian.";
    logo = "Logotipo";
    logo_hint = "PNG, JPEG o WebP, de 64 kB y 1.024 píxeles de ancho y alto como máximo. Se muestra con 40 píxeles de alto, sobre blanco y sobre negro.";
    choose_logo = "Elegir un logotipo";
    other_logo = "Elegir otro";
    remove_logo = "Quitar el logotipo";
    logo_kept = "El logotipo está guardado.";
    logo_removed = "El logotipo se ha quitado.";
    no_logo = "Sin logotipo: en su lugar está la primera letra de su nombre.";
    logo_of = "El logotipo de {company}";
    colour = "Color";
    colour_hint = "Como # y seis dígitos, por ejemplo #1f4fd1. En blanco: los colores de Seatwise.";
    pick_colour = "Elegir un color";
    in_light = "En claro";
    in_dark = "En oscuro";
    sample_link = "Un enlace";
    sample_button = "Un botón";
    fits = "Se lee bien tal cual.";
    too_pale = "Demasiado pálido para texto sobre blanco; allí usamos un tono más oscuro.";
    too_dark = "Demasiado oscuro para texto sobre negro; allí usamos un tono más claro.";
    button_too_pale = "También demasiado pálido para botones sobre blanco.";
    button_too_dark = "También demasiado oscuro para botones sobre negro.";
    look_saved = "El color está guardado.";
}}
