import ArgumentParser
import Declarations

/// A first word that is no command of ours.
struct UnknownCommand {
  /// The word.
  let word: String
  /// The command that was probably meant.
  let nearest: String?

  /// Nil where the arguments begin with a command, or with no word at all.
  init?(_ arguments: [String]) {
    let names = ReleaseCommand.configuration.groupedSubcommands.flatMap { group in
      group.subcommands.compactMap { $0.configuration.commandName }
    }
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help", !names.contains(word)
    else { return nil }
    self.word = word
    nearest = Spelling.nearest(to: word, among: names)
  }

  /// What is said of it.
  var complaint: Complaint {
    let meant = nearest.map { "Did you mean `release \($0)`? " } ?? ""
    return Complaint(
      headline: "there is no command \"\(Spelling.excerpt(word))\".",
      why: "",
      next: meant + "`release --help` lists all commands."
    )
  }
}
