package dev.rollcall.stress.weak;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Asks Alloy whether a litmus test has an execution. */
final class Alloy {
    /** Its solver tells of every step. Held here, for loggers are weakly reachable. */
    private static final Logger SOLVER = Logger.getLogger("kodkod");

    static {
        SOLVER.setLevel(Level.WARNING);
    }

    private final Map<Memory, String> models = new EnumMap<>(Memory.class);

    /** With the models of a directory. */
    Alloy(Path directory) throws IOException {
        String executions = Files.readString(directory.resolve("executions.als"));
        for (Memory memory : Memory.values()) {
            models.put(memory, executions + '\n' + Files.readString(directory.resolve(memory.id() + ".als")) + '\n');
        }
    }

    /** Whether a model allows one of the outcomes. */
    boolean allows(
            Memory memory,
            List<List<Instruction>> threads,
            List<Map<String, Integer>> outcomes,
            boolean hasDependencies) {
        return isSatisfiable(memory, AlloyText.of(threads, outcomes, hasDependencies), " and outcome");
    }

    /** Whether a program can run at all, each of its updates with the value that it expects. */
    boolean canRun(Memory memory, List<List<Instruction>> threads) {
        return isSatisfiable(memory, AlloyText.of(threads, List.of(Map.of()), false), "");
    }

    private boolean isSatisfiable(Memory memory, String program, String outcome) {
        String text = models.get(memory) + program + "run { wellFormed and " + memory.id() + outcome + " }\n";
        CompModule module = CompUtil.parseEverything_fromString(A4Reporter.NOP, text);
        Command command = module.getAllCommands().get(0);
        A4Solution solution = TranslateAlloyToKodkod.execute_command(
                A4Reporter.NOP, module.getAllReachableSigs(), command, new A4Options());
        return solution.satisfiable();
    }
}
